"""Answers as the Node driver reads them: fakesnow sends Arrow, which that driver does not decode."""

from __future__ import annotations

import base64
import datetime as dt
import decimal
import json
import math
from typing import Any

import pyarrow as pa
from fakesnow import rowtype

# The driver looks up how times and bytes are written in each answer, and fails on those columns without it.
PARAMETERS = [
    {"name": name, "value": value}
    for name, value in {
        "TIMEZONE": "Etc/UTC",
        "DATE_OUTPUT_FORMAT": "YYYY-MM-DD",
        "TIME_OUTPUT_FORMAT": "HH24:MI:SS",
        "TIMESTAMP_OUTPUT_FORMAT": "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM",
        "TIMESTAMP_NTZ_OUTPUT_FORMAT": "YYYY-MM-DD HH24:MI:SS.FF3",
        "TIMESTAMP_LTZ_OUTPUT_FORMAT": "",
        "TIMESTAMP_TZ_OUTPUT_FORMAT": "",
        "BINARY_OUTPUT_FORMAT": "HEX",
    }.items()
]

EPOCH = dt.date(1970, 1, 1)


class SnowflakeTypes(dict[str, str]):
    """fakesnow's list of DuckDB types, with those that it lacks: it fails where a query gives one of them."""

    MORE = {
        "TINYINT": "fixed",
        "SMALLINT": "fixed",
        "UTINYINT": "fixed",
        "USMALLINT": "fixed",
        "UINTEGER": "fixed",
        "UHUGEINT": "fixed",
        "FLOAT": "real",
        "TIMESTAMP_S": "timestamp_ntz",
        "TIMESTAMP_MS": "timestamp_ntz",
        "UUID": "text",
    }

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """Name the Snowflake type of a DuckDB type."""
        if name.endswith("]"):
            return "array"
        if name.startswith(("STRUCT", "MAP")):
            return "object"
        return super().get(name) or self.MORE.get(name, default)


def teach_types() -> None:
    """Let fakesnow describe columns of every type that our queries give."""
    rowtype.duckdb_to_sf_type = SnowflakeTypes(rowtype.duckdb_to_sf_type)


def to_json_rows(data: dict[str, Any]) -> None:
    """Replace the Arrow rows of an answer by rows of text, in place."""
    if data.get("queryResultFormat") == "arrow":
        data["rowset"] = _read_arrow(data.pop("rowsetBase64", ""), [column["type"] for column in data["rowtype"]])
        data["queryResultFormat"] = "json"
    if "rowset" in data:
        data["returned"] = data["total"] = len(data["rowset"])
        data["parameters"] = PARAMETERS
        data["version"] = 1  # times with a zone as "<seconds> <zone>"


def _read_arrow(encoded: str, types: list[str]) -> list[list[str | None]]:
    if not encoded:
        return []
    table = pa.ipc.open_stream(base64.b64decode(encoded)).read_all()
    columns = [
        [_to_text(value, kind) for value in column.to_pylist()]
        for column, kind in zip(table.columns, types, strict=True)
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def _to_text(value: Any, kind: str) -> str | None:
    """Write one value as Snowflake does in JSON rows: everything is text."""
    if value is None:
        return None
    if kind.startswith("timestamp") and isinstance(value, dict):
        return _moment(value, kind)
    if kind == "date" and isinstance(value, dt.date):
        return str((value - EPOCH).days)
    if kind == "time" and isinstance(value, int):
        return f"{value // 10**9}.{value % 10**9:09d}"
    if kind == "boolean":
        return "true" if value else "false"
    if kind == "binary":
        return bytes(value).hex().upper()
    if kind == "real" and isinstance(value, float):
        return _real(value)
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, (dict, list)):
        return json.dumps(value, default=str)
    return str(value)


def _moment(value: dict[str, int | None], kind: str) -> str | None:
    """Seconds since 1970 with nine digits; fakesnow gives them as whole seconds and nanoseconds, null inside."""
    if value["epoch"] is None:
        return None
    seconds = format(decimal.Decimal(value["epoch"] * 10**9 + value["fraction"]).scaleb(-9), "f")
    return f"{seconds} {value['timezone']}" if kind == "timestamp_tz" else seconds


def _real(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    return ("inf" if value > 0 else "-inf") if math.isinf(value) else repr(value)
