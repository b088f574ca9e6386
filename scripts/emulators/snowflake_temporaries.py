"""Temporary tables under qualified names, which Snowflake has and DuckDB has not."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from sqlglot import Expr, exp

# The full names of each session's temporary tables; DuckDB keeps them under these names in the session's own catalog.
_known: WeakKeyDictionary[object, set[str]] = WeakKeyDictionary()


def name_temporaries(connection: object, expression: Expr) -> Expr:
    """Say a session's temporary tables by one name each, wherever a statement reads or changes them."""
    known = _known.setdefault(connection, set())
    created = expression.find(exp.Table) if _is_temporary(expression) else None
    if created is not None and created.db:
        known.add(_full_name(created))
    for table in list(expression.find_all(exp.Table)) if known else []:
        name = _full_name(table)
        if table.db and name in known:
            table.set("this", exp.to_identifier(name, quoted=True))
            table.set("db", None)
            table.set("catalog", None)
            if isinstance(expression, exp.Drop):
                known.discard(name)
    return expression


def _is_temporary(expression: Expr) -> bool:
    properties = expression.args.get("properties") if isinstance(expression, exp.Create) else None
    return properties is not None and properties.find(exp.TemporaryProperty) is not None


def _full_name(table: exp.Table) -> str:
    parts = [part if part.quoted else exp.to_identifier(part.name.upper()) for part in table.parts]
    return ".".join(part.name for part in parts)
