"""Serves the BigQuery emulator in memory on a free port of this machine."""

from __future__ import annotations

import asyncio

from bqemulator.config import LogLevel, Settings
from bqemulator.server import EmulatorServer

from parent import announce, end_with_parent

SETTINGS = Settings(
    rest_port=0,
    grpc_port=0,
    default_project_id="strata-test",
    # Avro would be downloaded at every start.
    enable_format_extensions=False,
    # Answers must come from the tables, also when the same text is asked twice.
    query_cache_ttl_seconds=0,
    log_level=LogLevel.CRITICAL,
    metrics_enabled=False,
)


async def serve() -> None:
    """Serve until the process ends."""
    server = EmulatorServer(SETTINGS)
    await server.start()
    announce(server.rest_port)
    await asyncio.Event().wait()


if __name__ == "__main__":
    end_with_parent()
    asyncio.run(serve())
