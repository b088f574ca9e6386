"""Serves fakesnow in memory on a free port of this machine, in the form that Snowflake's Node driver reads."""

from __future__ import annotations

import asyncio
import gzip
import json
from typing import Any

import fakesnow.server as fakesnow
import uvicorn
from fakesnow.dialect import parse_one
from snowflake.connector.errors import ProgrammingError
from sqlglot.errors import SqlglotError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from parent import announce, end_with_parent
from snowflake_rows import PARAMETERS, teach_types, to_json_rows
from snowflake_statements import (
    CANCELLED,
    WITHOUT_EFFECT,
    bind_rows,
    extend_fakesnow,
    find_swap,
    swap_tables,
    without_grants,
)

# What runs, by the id of its request, and what was aborted before it began.
running: dict[str, Any] = {}
aborted: set[str] = set()
# DuckDB refuses two statements at once on one connection; Snowflake lets the second wait.
turns: dict[str, asyncio.Lock] = {}


async def log_in(request: Request) -> JSONResponse:
    """Open a session: any account, user and password will do."""
    answer = _content(await fakesnow.login_request(request))
    fakesnow.sessions[answer["data"]["token"]].nop_regexes = WITHOUT_EFFECT
    answer["data"]["parameters"] += PARAMETERS
    return JSONResponse(answer)


async def log_out(request: Request) -> JSONResponse:
    """End a session with its transaction and its temporary tables."""
    connection = fakesnow.sessions.get(fakesnow.to_token(request))
    answer = await fakesnow.session(request)
    if connection is not None and request.query_params.get("delete"):
        await run_in_threadpool(connection.close)
    return answer


async def run_query(request: Request) -> JSONResponse:
    """Run one statement and answer in JSON rows."""
    identity = request.query_params.get("requestId", "")
    connection = fakesnow.sessions.get(fakesnow.to_token(request))
    if connection is None:
        return await fakesnow.query_request(request)
    body = await _body_of(request)
    async with turns.setdefault(fakesnow.to_token(request), asyncio.Lock()):
        if identity in aborted:
            return _failure(CANCELLED, "SQL execution canceled", "57014")
        running[identity] = connection
        try:
            answer = await _answer(request, connection, body)
        finally:
            del running[identity]
            connection.results_cache.clear()
    if answer.get("success") and answer.get("data"):
        to_json_rows(answer["data"])
    return JSONResponse(answer)


async def _answer(request: Request, connection: Any, body: dict[str, Any]) -> dict[str, Any]:
    try:
        response = await _run(request, connection, body)
    except ProgrammingError as error:
        return _content(_failure(error.errno, error.raw_msg or str(error), error.sqlstate or ""))
    answer = _content(response)
    if response.status_code < 500:
        return answer
    # The driver repeats whatever fails with 5xx for minutes; Snowflake refuses a statement with 200.
    return _content(_failure(2, f"The emulator does not support this: {answer.get('message')}", "0A000"))


async def _run(request: Request, connection: Any, body: dict[str, Any]) -> JSONResponse:
    sql, bindings = without_grants(body["sqlText"]), body.get("bindings") or {}
    if "swap" in sql.lower() and (tables := find_swap(_parse(sql))):
        await run_in_threadpool(swap_tables, connection, *tables)
        return await _pass_on(request, {"sqlText": "select 'Statement executed successfully.' as \"status\""})
    if any(isinstance(each.get("value"), list) for each in bindings.values()):
        if inserted := bind_rows(connection, sql, bindings):
            return await _pass_on(request, {"sqlText": inserted})
    return await _pass_on(request, {**body, "sqlText": sql})


def _parse(sql: str) -> Any:
    try:
        return parse_one(sql)
    except SqlglotError:
        return None


async def abort(request: Request) -> JSONResponse:
    """Stop a statement, which may be between two calls of DuckDB, or not have begun."""
    identity = (await _body_of(request)).get("requestId", "")
    aborted.add(identity)
    for _ in range(100):
        if (connection := running.get(identity)) is None:
            break
        connection._duck_conn.interrupt()
        await asyncio.sleep(0.05)
    return JSONResponse({"data": None, "code": None, "message": None, "success": True})


async def _pass_on(request: Request, body: dict[str, Any]) -> JSONResponse:
    """Hand a statement to fakesnow as the same request with another body."""
    content = json.dumps(body).encode()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": content, "more_body": False}

    dropped = (b"content-encoding", b"content-length")
    headers = [(name, value) for name, value in request.scope["headers"] if name.lower() not in dropped]
    return await fakesnow.query_request(Request({**request.scope, "headers": headers}, receive))


async def _body_of(request: Request) -> dict[str, Any]:
    content = await request.body()
    if request.headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    return json.loads(content or b"{}")


def _failure(code: int, message: str, state: str) -> JSONResponse:
    text = f"{code:06d}"
    data = {"errorCode": text, "sqlState": state}
    return JSONResponse({"data": data, "code": text, "message": message, "success": False})


def _content(response: JSONResponse) -> dict[str, Any]:
    return json.loads(bytes(response.body))


OURS = {
    "/session/v1/login-request": log_in,
    "/session": log_out,
    "/queries/v1/query-request": run_query,
    "/queries/v1/abort-request": abort,
}


async def serve() -> None:
    """Serve until the process ends."""
    routes = [Route(each.path, OURS.get(each.path, each.endpoint), methods=each.methods) for each in fakesnow.routes]
    config = uvicorn.Config(Starlette(routes=routes), host="127.0.0.1", port=0, log_level="critical")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    announce(server.servers[0].sockets[0].getsockname()[1])
    await serving


if __name__ == "__main__":
    end_with_parent()
    teach_types()
    extend_fakesnow()
    asyncio.run(serve())
