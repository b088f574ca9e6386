"""Statements of Snowflake that fakesnow lacks, said in a way that it or DuckDB understands; none is left out silently."""

from __future__ import annotations

import re
from typing import Any

import duckdb
import pyarrow as pa
from fakesnow import info_schema
from fakesnow.converter import from_binding
from fakesnow.cursor import FakeSnowflakeCursor
from fakesnow.transforms import SUCCESS_NOP, upper_case_unquoted_identifiers
from snowflake.connector.errors import ProgrammingError
from snowflake_temporaries import name_temporaries
from sqlglot import Expr, exp
from sqlglot.dialects.snowflake import Snowflake
from sqlglot.tokens import Token, TokenType

CANCELLED = 604
BOUND = "STRATA_BOUND_ROWS"

# Rights, roles and warehouses mean nothing here: there is one user who may do everything.
# A session is in UTC and keeps the case of quoted names without being told. Descriptions of columns are kept nowhere,
# and sqlglot cannot read a list of them.
WITHOUT_EFFECT = [
    r"^\s*grant\b",
    r"^\s*revoke\b",
    r"^\s*alter\s+warehouse\b",
    r"^\s*use\s+(role|warehouse)\b",
    r'^\s*alter\s+table\s+(?:"[^"]*"\.?)+\s+modify\s+column\s+"[^"]*"\s+comment\b',
    r"^\s*alter\s+session\s+(un)?set\s+(query_tag|timezone|quoted_identifiers_ignore_case)\b",
]
COPY_GRANTS = re.compile(r"\bcopy\s+grants\b", re.IGNORECASE)


def extend_fakesnow() -> None:
    """Add our rewriting to fakesnow's own, and let every error of DuckDB reach the client as Snowflake's would."""
    _list_views_as_tables()
    transform, execute = FakeSnowflakeCursor._transform, FakeSnowflakeCursor.execute

    def transform_both(self: FakeSnowflakeCursor, expression: Expr, params: Any) -> Expr:
        return transform(self, name_temporaries(self._conn, rewrite(expression)), params)

    def execute_or_explain(self: FakeSnowflakeCursor, command: str, *args: Any, **kwargs: Any) -> FakeSnowflakeCursor:
        try:
            return execute(self, command, *args, **kwargs)
        except duckdb.InterruptException:
            raise ProgrammingError(msg="SQL execution canceled", errno=CANCELLED, sqlstate="57014") from None
        except duckdb.Error as error:
            raise ProgrammingError(msg=str(error), errno=100132, sqlstate="P0000") from error

    FakeSnowflakeCursor._transform = transform_both
    FakeSnowflakeCursor.execute = execute_or_explain


def _list_views_as_tables() -> None:
    """fakesnow's INFORMATION_SCHEMA.TABLES has no views; Snowflake's has."""
    relations = """from (
        select database_name, schema_name, table_name, estimated_size, 'BASE TABLE' as kind from duckdb_tables
        union all
        select database_name, schema_name, view_name, null, 'VIEW' from duckdb_views where not internal
    ) as tables"""
    template = info_schema.SQL_CREATE_INFORMATION_SCHEMA_TABLES_VIEW
    for old, new in {"from duckdb_tables tables": relations, "'BASE TABLE' AS": "tables.kind AS"}.items():
        assert old in template.template, f"fakesnow's list of tables has changed: {old}"
        template.template = template.template.replace(old, new)


def rewrite(expression: Expr) -> Expr:
    """Rewrite a statement before fakesnow does."""
    if isinstance(expression, exp.Create):
        return _rewrite_create(expression)
    return expression


def _rewrite_create(create: exp.Create) -> Expr:
    """Let a clone replace a table, and leave out what only says how tables are stored or who may read them."""
    if properties := create.args.get("properties"):
        kept = [each for each in properties.expressions if not isinstance(each, WITHOUT_MEANING)]
        create.set("properties", exp.Properties(expressions=kept) if kept else None)
    create.set("copy_grants", None)
    clone = create.args.get("clone")
    if clone is None or create.kind != "TABLE":
        return create
    rows = exp.Select(expressions=[exp.Star()]).from_(clone.this)
    return exp.Create(this=create.this, kind="TABLE", replace=create.args.get("replace"), expression=rows)


WITHOUT_MEANING = (exp.TransientProperty, exp.SecureProperty, exp.CopyGrantsProperty, exp.Cluster, exp.ClusterProperty)


def find_swap(expression: Expr | None) -> tuple[exp.Table, exp.Table] | None:
    """The two tables of `alter table … swap with …`."""
    if not isinstance(expression, exp.Alter):
        return None
    swap = next((action for action in expression.actions if isinstance(action, exp.SwapTable)), None)
    return None if swap is None else (_as_stored(expression.this), _as_stored(swap.this))


def _as_stored(table: exp.Table) -> exp.Table:
    return table.transform(upper_case_unquoted_identifiers)


def swap_tables(connection: Any, one: exp.Table, other: exp.Table) -> None:
    """Exchange the names of two tables in one transaction, so that readers find both or neither exchanged."""
    aside = f"{one.name}__SWAP"
    duck = connection._duck_conn
    duck.execute("begin")
    try:
        for table, name in ((one, aside), (other, one.name), (_renamed(one, aside), other.name)):
            new_name = exp.to_identifier(name, quoted=True).sql("duckdb")
            duck.execute(f"alter table {table.sql('duckdb')} rename to {new_name}")
        duck.execute("commit")
    except duckdb.Error as error:
        duck.execute("rollback")
        raise ProgrammingError(msg=str(error), errno=2003, sqlstate="42S02") from error


def _renamed(table: exp.Table, name: str) -> exp.Table:
    copy = table.copy()
    copy.set("this", exp.to_identifier(name, quoted=True))
    return copy


def without_grants(sql: str) -> str:
    """Take `copy grants` out of a statement, which keeps sqlglot from reading what stands before it."""
    if not COPY_GRANTS.search(sql):
        return sql
    tokens = Snowflake().tokenize(sql)
    for word, next_word in zip(tokens, tokens[1:], strict=False):
        if word.token_type != TokenType.STRING and f"{word.text} {next_word.text}".lower() == "copy grants":
            return sql[: word.start] + sql[next_word.end + 1 :]
    return sql


def bind_rows(connection: Any, sql: str, bindings: dict[str, Any]) -> str | None:
    """
    Give lists of values to an insert as a table, whose rows take the place of its `values (?, …)`: fakesnow would run
    the statement once for each. None where it has another form.
    """
    place = _find_values(sql)
    if place is None:
        return None
    values, first, last = place
    columns = {f"C{at}": _column_of(bindings[str(at)]) for at in range(1, len(bindings) + 1)}
    connection._duck_conn.register(BOUND, pa.table(columns))
    parts = sql[first.end + 1 : last.start].split("?")
    names = [f'"C{at}"' for at in range(1, len(parts))] + [""]
    row = "".join(part + name for part, name in zip(parts, names, strict=True))
    return f"{sql[: values.start]}select {row} from {BOUND}{sql[last.end + 1 :]}"


def _column_of(binding: dict[str, Any]) -> pa.Array:
    def read(value: str | None) -> str | None:
        if value is None or binding["type"] in ("FIXED", "REAL", "BOOLEAN", "TEXT"):
            return value
        return str(from_binding({**binding, "value": value}))

    return pa.array([read(value) for value in binding["value"]], pa.string())


def _find_values(sql: str) -> tuple[Token, Token, Token] | None:
    """The word `values` of an insert, and the parentheses of the row that follows."""
    tokens = Snowflake().tokenize(sql)
    at = next((at for at, token in enumerate(tokens) if token.token_type == TokenType.VALUES), None)
    if at is None or tokens[0].token_type != TokenType.INSERT:
        return None
    depth = 0
    for token in tokens[at + 1 :]:
        depth += (token.token_type == TokenType.L_PAREN) - (token.token_type == TokenType.R_PAREN)
        if depth == 0:
            return tokens[at], tokens[at + 1], token
    return None
