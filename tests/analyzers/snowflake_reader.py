"""Reads Snowflake SQL with sqlglot's Snowflake reader and says what is wrong with it.

Standard input is a JSON list of statements in the order they would run: {"name", "sql", "relation", "columns"}. A
statement with a relation adds its columns to the catalog: those of its query, or those given where there is no query.
Standard output is a JSON list with one {"name", "problems"} each.
"""

from __future__ import annotations

import json
import sys

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.normalize_identifiers import normalize_identifiers
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema
from sqlglot.tokens import Token, TokenType

# Words Snowflake takes for itself, so that they name nothing without quotes.
RESERVED = set(
    """ACCOUNT ALL ALTER AND ANY AS BETWEEN BY CASE CAST CHECK COLUMN CONNECT CONNECTION CONSTRAINT CREATE CROSS CURRENT
    CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DATABASE DELETE DISTINCT DROP ELSE EXISTS FALSE FOLLOWING
    FOR FROM FULL GRANT GROUP GSCLUSTER HAVING ILIKE IN INCREMENT INNER INSERT INTERSECT INTO IS ISSUE JOIN LATERAL LEFT
    LIKE LOCALTIME LOCALTIMESTAMP MINUS NATURAL NOT NULL OF ON OR ORDER ORGANIZATION QUALIFY REGEXP REVOKE RIGHT RLIKE
    ROW ROWS SAMPLE SCHEMA SELECT SET SOME START TABLE TABLESAMPLE THEN TO TRIGGER TRUE TRY_CAST UNION UNIQUE UPDATE
    USING VALUES VIEW WHEN WHENEVER WHERE WITH""".split()
)

# Functions Snowflake documents, of those a project like ours may call.
FUNCTIONS = set(
    """ABS ACOS ANY_VALUE APPROX_COUNT_DISTINCT APPROX_PERCENTILE ARRAY_AGG ARRAY_APPEND ARRAY_CAT ARRAY_COMPACT
    ARRAY_CONSTRUCT ARRAY_CONTAINS ARRAY_SIZE ARRAY_SLICE ARRAY_TO_STRING ASIN ATAN AVG BITAND BITOR BOOLAND_AGG BOOLOR_AGG
    CAST CEIL CHARINDEX COALESCE CONCAT CONCAT_WS CONVERT_TIMEZONE CORR COS COUNT COUNT_IF COVAR_POP COVAR_SAMP CUME_DIST
    CURRENT_DATE CURRENT_TIMESTAMP DATEADD DATEDIFF DATE_FROM_PARTS DATE_PART DATE_TRUNC DAYOFWEEKISO DECODE DENSE_RANK
    DIV0 EQUAL_NULL EXP EXTRACT FIRST_VALUE FLATTEN FLOOR GENERATOR GET_PATH GREATEST HASH HOUR IFF IFNULL INITCAP
    IS_NULL_VALUE LAG LAST_DAY LAST_VALUE LEAD LEAST LEFT LENGTH LISTAGG LN LOG LOWER LPAD LTRIM MAX MD5 MEDIAN MIN MOD
    MONTH NTILE NULLIF NVL OBJECT_CONSTRUCT PARSE_JSON PERCENTILE_CONT PERCENTILE_DISC PERCENT_RANK POSITION POW POWER
    RANDOM RANK REGEXP_COUNT REGEXP_INSTR REGEXP_LIKE REGEXP_REPLACE REGEXP_SUBSTR REPEAT REPLACE RIGHT ROUND ROW_NUMBER
    RPAD RTRIM SEQ4 SEQ8 SHA2 SIGN SIN SPLIT SPLIT_PART SQRT SQUARE STARTSWITH STDDEV STDDEV_POP STDDEV_SAMP SUBSTR
    SUBSTRING SUM TABLE TAN TO_BOOLEAN TO_CHAR TO_DATE TO_DOUBLE TO_JSON TO_NUMBER TO_TIMESTAMP TO_TIMESTAMP_NTZ
    TO_VARCHAR TO_VARIANT TRANSLATE TRIM TRUNC TRY_CAST TRY_PARSE_JSON TRY_TO_DATE TRY_TO_NUMBER TRY_TO_TIMESTAMP TYPEOF
    UNIFORM UPPER VAR_POP VAR_SAMP VARIANCE YEAR ZEROIFNULL""".split()
)

# Words before a bracket that call nothing.
GRAMMAR = set(
    """ALL AND ANY AS BETWEEN BY CASE CLUSTER DISTINCT ELSE EXCEPT EXISTS FROM GROUP HAVING IN INTERSECT INTO JOIN KEY LIKE
    NOT ON OR OVER SELECT THEN UNION UNIQUE USING VALUES WHEN WHERE INSERT SET WITHIN LATERAL COLUMN CHECK DECIMAL
    NUMERIC NUMBER VARCHAR CHAR CHARACTER TEXT STRING BINARY TIME TIMESTAMP TIMESTAMP_NTZ TIMESTAMP_LTZ
    TIMESTAMP_TZ""".split()
)

# What the reader understands and Snowflake does not.
FOREIGN = {
    exp.Filter: "an aggregate cannot be filtered: write case inside it",
    exp.AtTimeZone: "AT TIME ZONE does not exist: use convert_timezone",
    exp.GenerateSeries: "generate_series does not exist: use table(generator(…))",
    exp.ExplodingGenerateSeries: "generate_series does not exist: use table(generator(…))",
    exp.Command: "the reader does not understand the statement",
}


def find_problems(sql: str, catalog: MappingSchema) -> tuple[list[str], exp.Query | None]:
    """Say what is wrong with one statement, and give its query with every name resolved where nothing is."""
    try:
        statements = [one for one in sqlglot.parse(sql, read="snowflake") if one is not None]
    except SqlglotError as error:
        return [str(error).split("\n")[0]], None
    if len(statements) != 1:
        return [f"{len(statements)} statements in one"], None
    statement = statements[0]
    problems = [*foreign_parts(statement), *unknown_functions(sql), *reserved_names(statement)]
    query = statement.expression if isinstance(statement, exp.Create) else statement
    if isinstance(query, exp.Query):
        problems += unknown_tables(query, catalog)
    else:
        query = None
    if problems:
        return problems, None
    try:
        resolved = query and qualify(query, schema=catalog, dialect="snowflake")
    except SqlglotError as error:
        return [str(error).split("\n")[0]], None
    if isinstance(statement, exp.Create):
        add_created(catalog, statement, resolved)
    return [], resolved


def add_created(catalog: MappingSchema, create: exp.Create, query: exp.Query | None) -> None:
    """Make a table known that a statement made, of a query or of a list of columns."""
    if create.kind not in ("TABLE", "VIEW"):
        return
    made = normalize_identifiers(create.copy(), dialect="snowflake")
    columns = name_columns(query) if query else {one.name: "VARIANT" for one in made.find_all(exp.ColumnDef)}
    catalog.add_table(find_table(made), columns, dialect="snowflake", normalize=False)


def find_table(create: exp.Create) -> exp.Table:
    """The table a statement makes, without the list of its columns."""
    made = create.this
    return (made.this if isinstance(made, exp.Schema) else made).copy()


def name_columns(query: exp.Query) -> dict[str, str]:
    """The columns of a query, whose types do not matter here."""
    return {name: "VARIANT" for name in query.named_selects}


def unknown_tables(query: exp.Query, catalog: MappingSchema) -> list[str]:
    """Name the relations that are neither in the catalog nor made by the query itself."""
    own = {cte.alias.upper() for cte in query.find_all(exp.CTE)}
    found = []
    for table in query.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier) or (not table.db and table.name.upper() in own):
            continue
        if not table.db or catalog.find(normalize_identifiers(table.copy(), dialect="snowflake"), raise_on_missing=False) is None:
            found.append(f"unknown relation {table.sql(dialect='snowflake')}")
    return found


def foreign_parts(statement: exp.Expression) -> list[str]:
    """Name what other warehouses' SQL has and Snowflake's has not."""
    found = [reason for kind, reason in FOREIGN.items() if statement.find(kind) is not None]
    for distinct in statement.find_all(exp.Distinct):
        if distinct.args.get("on") is not None:
            found.append("DISTINCT ON does not exist: use qualify")
    if any(cte.args.get("materialized") is not None for cte in statement.find_all(exp.CTE)):
        found.append("CTEs cannot be marked as materialized")
    return found


def unknown_functions(sql: str) -> list[str]:
    """Name what is called and not among Snowflake's functions, from the words of the text itself."""
    tokens = sqlglot.tokenize(sql, read="snowflake")
    found = []
    for before, token, after in zip([None, *tokens], tokens, tokens[1:]):
        if after.token_type == TokenType.L_PAREN and is_call(before, token):
            name = token.text.upper()
            if name not in FUNCTIONS and name not in GRAMMAR:
                found.append(f"unknown function {token.text}")
    return found


def is_call(before: Token | None, token: Token) -> bool:
    """Tell a call from the name of a CTE or alias with a list of columns, a quoted name, and punctuation."""
    named = before is not None and before.token_type in (TokenType.ALIAS, TokenType.DOT, TokenType.WITH, TokenType.TABLE)
    return token.token_type != TokenType.IDENTIFIER and token.text.isidentifier() and not named


def reserved_names(statement: exp.Expression) -> list[str]:
    """Name the reserved words that are used as names without quotes."""
    names = {one.name.upper() for one in statement.find_all(exp.Identifier) if not one.args.get("quoted")}
    return [f"reserved word {name} as a name" for name in sorted(names & RESERVED)]


def fold(name: str) -> exp.Identifier:
    """A name as the catalog has it: the given ones are written without quotes."""
    return exp.to_identifier(name.upper(), quoted=True)


def add_to_catalog(catalog: MappingSchema, relation: dict[str, str | None], columns: dict[str, str]) -> None:
    """Make the columns of a relation known to the statements after it."""
    database = relation.get("database")
    table = exp.Table(
        this=fold(relation["identifier"]), db=fold(relation["schema"]), catalog=fold(database) if database else None
    )
    catalog.add_table(table, columns, dialect="snowflake", normalize=False)


def read_all(statements: list[dict]) -> list[dict]:
    """Read statements one after the other, each with what came before it as the catalog."""
    catalog = MappingSchema(dialect="snowflake")
    answers = []
    for statement in statements:
        columns = {name.upper(): "VARIANT" for name in statement.get("columns") or []}
        problems: list[str] = []
        if statement["sql"]:
            problems, query = find_problems(statement["sql"], catalog)
            if query is not None and not columns:
                columns = name_columns(query)
        if statement.get("relation"):
            add_to_catalog(catalog, statement["relation"], columns)
        answers.append({"name": statement["name"], "problems": problems, "columns": list(columns)})
    return answers


if __name__ == "__main__":
    json.dump(read_all(json.load(sys.stdin)), sys.stdout)
