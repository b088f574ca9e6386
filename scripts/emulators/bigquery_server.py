"""Serves the BigQuery emulator in memory on a free port of this machine."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import bigquery_weeks  # noqa: F401 (before the emulator's own modules, which list all rules as they are loaded)
from bqemulator.api.routes import jobs
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

NAME = r"(?:`[^`]*`|[\w-]+)(?:\.(?:`[^`]*`|[\w-]+))*"
CLONE = re.compile(
    rf"^(?P<head>(?:\s|/\*.*?\*/)*create\s+(?:or\s+replace\s+)?table\s+(?:if\s+not\s+exists\s+)?{NAME})"
    rf"\s+(?:clone|copy)\s+(?P<source>{NAME})(?P<options>.*)$",
    re.IGNORECASE | re.DOTALL,
)
DESCRIPTIONS = re.compile(
    rf"^(?:\s|/\*.*?\*/)*alter\s+(?:table|view)\s+{NAME}\s+(?:alter\s+column\s+{NAME}\s+)?set\s+options\s*"
    r"\(\s*description\b.*$",
    re.IGNORECASE | re.DOTALL,
)


def say_otherwise(sql: str) -> str:
    """
    Say a copy or clone of a table as `create table … as`: the emulator has no COPY, and its CLONE does not replace.
    Both put the rows in place in one statement there and here. Descriptions it does not keep, nor read all statements of.
    """
    sql = CLONE.sub(r"\g<head>\g<options> as select * from \g<source>", sql)
    return DESCRIPTIONS.sub("select 1", sql)


def extend_emulator() -> None:
    """Rewrite statements before the emulator reads them."""
    execute = jobs.execute_query_job

    async def execute_rewritten(project_id: str, job_id: str, bq_sql: str, *args: Any, **kwargs: Any) -> Any:
        return await execute(project_id, job_id, say_otherwise(bq_sql), *args, **kwargs)

    jobs.execute_query_job = execute_rewritten


async def serve() -> None:
    """Serve until the process ends."""
    server = EmulatorServer(SETTINGS)
    await server.start()
    announce(server.rest_port)
    await asyncio.Event().wait()


if __name__ == "__main__":
    end_with_parent()
    extend_emulator()
    asyncio.run(serve())
