"""Reads statements as Google's own analyzer does, one JSON line in and one out.

In:  {"sql": …, "into": [catalog, schema, table] or null}; a query with "into" is a table to the statements after it.
     {"table": [catalog, schema, table], "columns": [[name, type], …]}; a table that no statement makes.
     {"evaluate": …}; a query that Google's reference implementation runs.
Out: {"columns": [[name, type], …]}, {"rows": [one JSON text for each row, …]} or {"error": message}.
"""

from __future__ import annotations

import ctypes
import json
import sys
from pathlib import Path

import wasmtime
from zetasql.core import ZetaSqlLocalService, wasm_client
from zetasql.types import (
    AnalyzerOptions,
    ErrorMessageMode,
    LanguageFeature,
    LanguageOptions,
    ProductMode,
    SimpleCatalog,
    SimpleColumn,
    SimpleTable,
    Type,
    TypeKind,
    ZetaSQLBuiltinFunctionOptions,
)

# Parts of the language that the analyzer knows and BigQuery does not have.
NOT_IN_BIGQUERY = (
    "AGGREGATE_FILTERING",
    "ALIASES_FOR_STRING_AND_DATE_FUNCTIONS",
    "FOR_UPDATE",
    "INSERT_ON_CONFLICT_CLAUSE",
    "LATERAL_COLUMN_REFERENCES",
    "LATERAL_JOIN",
    "LITERAL_CONCATENATION",
    "MAP_TYPE",
    "MULTILEVEL_AGGREGATION",
    "UUID_TYPE",
    "ROW_TYPE",
    "MEASURES_TVF",
    "ENABLE_MEASURES",
    "LIMIT_ALL",
    "TIMESTAMP_NANOS",
    "TIMESTAMP_PICOS",
)
# Parts that BigQuery has, which the analyzer still counts as unfinished.
IN_BIGQUERY = ("ALTER_COLUMN_SET_DATA_TYPE", "CREATE_TABLE_CLONE")
# Other names that BigQuery documents for its types.
ALIASES = {
    "int64": ("int", "smallint", "integer", "bigint", "tinyint", "byteint"),
    "numeric": ("decimal",),
    "bool": ("boolean",),
}
SPELLINGS = {
    "bool": TypeKind.TYPE_BOOL,
    "bytes": TypeKind.TYPE_BYTES,
    "date": TypeKind.TYPE_DATE,
    "datetime": TypeKind.TYPE_DATETIME,
    "float64": TypeKind.TYPE_DOUBLE,
    "int64": TypeKind.TYPE_INT64,
    "json": TypeKind.TYPE_JSON,
    "numeric": TypeKind.TYPE_NUMERIC,
    "string": TypeKind.TYPE_STRING,
    "timestamp": TypeKind.TYPE_TIMESTAMP,
}


class Analyzer:
    """The tables known so far, and the language they are read in."""

    def __init__(self) -> None:
        self.service = ZetaSqlLocalService.get_instance()
        language = LanguageOptions.maximum_features()
        language.product_mode = ProductMode.PRODUCT_EXTERNAL
        left_out = {getattr(LanguageFeature, f"FEATURE_{name}") for name in NOT_IN_BIGQUERY}
        language.enabled_language_features = [
            feature for feature in language.enabled_language_features if feature not in left_out
        ] + [getattr(LanguageFeature, f"FEATURE_{name}") for name in IN_BIGQUERY]
        language.reserved_keywords = ["QUALIFY"]
        language.supported_statement_kinds = []
        self.options = AnalyzerOptions(
            language_options=language,
            error_message_mode=ErrorMessageMode.ERROR_MESSAGE_MULTI_LINE_WITH_CARET,
            default_timezone="UTC",
        )
        self.root = SimpleCatalog(
            name="root",
            builtin_function_options=ZetaSQLBuiltinFunctionOptions(language_options=language),
            named_type=[
                SimpleCatalog.NamedType(name=alias, type=read_type(spelling))
                for spelling, aliases in ALIASES.items()
                for alias in aliases
            ],
            catalog=[],
            table=[],
        )
        self.registered: int | None = None

    def answer(self, request: dict) -> dict:
        """The reply to one request; an error of the SQL is a reply too."""
        try:
            if "table" in request:
                columns = [(name, read_type(spelling)) for name, spelling in request["columns"]]
                self.add_table(request["table"], columns)
                return {"columns": request["columns"]}
            if "evaluate" in request:
                return {"rows": self.evaluate(request["evaluate"])}
            return self.analyze(request["sql"], request.get("into"))
        except Exception as error:  # noqa: BLE001: whatever it is, the test names the statement
            return {"error": getattr(error, "message", None) or str(error)}

    def analyze(self, sql: str, into: list[str] | None) -> dict:
        """Names, types and functions of one statement; the columns of a query or of a table it makes."""
        response = self.service.analyze(
            sql_statement=sql, options=self.options, registered_catalog_id=self.register_tables()
        )
        statement = response.resolved_statement
        output = getattr(statement, "output_column_list", None) or []
        columns = [(column.name, column.column.type) for column in output]
        defined = getattr(statement, "column_definition_list", None) or []
        columns = columns or [(column.name, column.type) for column in defined]
        if into is not None:
            self.add_table(into, columns)
        return {"columns": [[name, spell_type(kind)] for name, kind in columns]}

    def evaluate(self, sql: str) -> list[str]:
        """Rows of a query over no table, each as the JSON that BigQuery writes of it."""
        query = f"select to_json_string(evaluated) from (\n{sql}\n) as evaluated"
        response = self.service.evaluate_query(sql=query, options=self.options, simple_catalog=self.root)
        data = response.content.table_data
        return [] if data is None else [row.cell[0].string_value for row in data.row]

    def register_tables(self) -> int:
        """Hands the tables over, which takes longer than a statement, only where some are new."""
        if self.registered is None:
            response = self.service.register_catalog(simple_catalog=self.root)
            self.registered = response.registered_id
        return self.registered

    def add_table(self, path: list[str], columns: list) -> None:
        """Makes a table known under its full name."""
        self.registered = None
        catalog = self.root
        for part in path[:-1]:
            catalog = self.find_child(catalog, part)
        catalog.table = [table for table in catalog.table if table.name != path[-1]]
        catalog.table.append(
            SimpleTable(
                name=path[-1],
                column=[SimpleColumn(name=name, type=kind, is_writable_column=True) for name, kind in columns],
            )
        )

    def find_child(self, catalog: SimpleCatalog, name: str) -> SimpleCatalog:
        """The catalog of this name inside another one, made where there is none."""
        for child in catalog.catalog:
            if child.name == name:
                return child
        child = SimpleCatalog(name=name, catalog=[], table=[])
        catalog.catalog.append(child)
        return child


def read_type(spelling: str) -> Type:
    """A type by BigQuery's name; arrays of simple types are all that tests need beside them."""
    return Type(type_kind=int(SPELLINGS[spelling.lower().split("(")[0]]))


def spell_type(kind: Type) -> str:
    """BigQuery's name of a type."""
    for spelling, known in SPELLINGS.items():
        if int(kind.type_kind) == int(known):
            return spelling
    return TypeKind(kind.type_kind).name.removeprefix("TYPE_").lower()


def use_compiled() -> None:
    """Compiling the analyzer takes 20 seconds, so the installation keeps its machine code."""
    compiled = Path(sys.prefix, "zetasql.compiled")
    if compiled.exists():
        read = lambda engine, _path: wasmtime.Module.deserialize_file(engine, str(compiled))  # noqa: E731
        wasm_client.Module = type("CompiledModule", (), {"from_file": staticmethod(read)})


def copy_in_one_step() -> None:
    """The client copies messages byte by byte in Python, which takes longer than all the analysis."""

    def start_of(client: wasm_client.WasmClient) -> int:
        return ctypes.cast(client.memory.data_ptr(), ctypes.c_void_p).value or 0

    def write(client: wasm_client.WasmClient, pointer: int, data: bytes) -> None:
        ctypes.memmove(start_of(client) + pointer, data, len(data))

    def read(client: wasm_client.WasmClient, pointer: int, size: int) -> bytes:
        return ctypes.string_at(start_of(client) + pointer, size)

    wasm_client.WasmClient.write_bytes = write
    wasm_client.WasmClient.read_bytes = read


def main() -> None:
    """Answers requests until standard input closes."""
    use_compiled()
    copy_in_one_step()
    analyzer = Analyzer()
    for line in sys.stdin:
        print(json.dumps(analyzer.answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
