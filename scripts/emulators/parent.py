"""What both servers share: they serve one test process, and end with it however it ends."""

from __future__ import annotations

import os
import threading


def end_with_parent() -> None:
    """Leave as soon as standard input closes, which the system does for a parent that was killed too."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def announce(port: int) -> None:
    """Tell the parent, on the one line it waits for, that requests are answered."""
    print(f"listening on {port}", flush=True)
