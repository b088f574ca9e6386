"""Weeks that begin on Monday, which the BigQuery emulator does not know the start and the end of."""

from __future__ import annotations

from bqemulator.sql.rules import TranslationRule, register
from sqlglot import exp


@register
class IsoWeekRule(TranslationRule):
    """Weeks that begin on Monday: DuckDB, which answers, calls them WEEK; the emulator hands it BigQuery's name."""

    name = "ISOWEEK_STARTS"

    def applies_to(self, node: exp.Expression) -> bool:
        """Match the start and the last day of such a week."""
        if not isinstance(node, (exp.TimestampTrunc, exp.DateTrunc, exp.LastDay)):
            return False
        unit = node.args.get("unit")
        return unit is not None and unit.name.upper() == "ISOWEEK"

    def rewrite(self, node: exp.Expression) -> exp.Expression:
        """Name the week as DuckDB does."""
        start = exp.Anonymous(this="DATE_TRUNC", expressions=[exp.Literal.string("week"), node.this.copy()])
        if isinstance(node, exp.TimestampTrunc):
            return start
        if isinstance(node, exp.DateTrunc):
            return exp.cast(start, "DATE")
        six_days = exp.Interval(this=exp.Literal.string("6"), unit=exp.Var(this="DAY"))
        return exp.cast(exp.Add(this=start, expression=six_days), "DATE")
