"""Coefficients of agreement in words and figures, as tables, charts and reports have them."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal

from coding.agreement import CodeAgreement, Table
from survey_app.language import _, current, ngettext

NONE = "–"
"""Stands where no figure can be computed; why is said beside it."""
CI = tuple[float, float]


def coefficient(value: float | None) -> str:
    """Three decimals."""
    return NONE if value is None else format_decimal(value, "0.000", locale=current()).replace("-", "−")


def percent(value: float | None) -> str:
    """A share as a percentage with one decimal."""
    return NONE if value is None else _("{share} %", share=format_decimal(100 * value, "0.0", locale=current()))


def whole(count: int) -> str:
    """A count, thousands apart."""
    return format_decimal(count, "#,##0", locale=current())


def interval(ci: CI | None, of: str = "") -> str:
    """The two ends, as `coefficient` or, of "percent", as percentages; "" where there is no interval."""
    if ci is None:
        return ""
    low, high = (percent(end) if of == "percent" else coefficient(end) for end in ci)
    return _("{low} to {high}", low=low, high=high)


def with_interval(value: float | None, ci: CI | None, of: str = "") -> str:
    """A figure with its interval in brackets, where it has one."""
    figure = percent(value) if of == "percent" else coefficient(value)
    return f"{figure} ({interval(ci, of)})" if value is not None and ci is not None else figure


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell of a table: a figure, with its interval where `ranged`. In words it is in the language in force."""

    value: float | None
    of: str = ""
    ci: CI | None = None
    ranged: bool = False

    def __str__(self) -> str:
        return with_interval(self.value, self.ci, self.of)


def share(value: float | None, ci: CI | None = None, *, ranged: bool = False) -> Figure:
    """A share that is shown as a percentage."""
    return Figure(value, "percent", ci, ranged)


def name(measure: str) -> str:
    """What a coefficient is called."""
    return {
        "percent": _("Percent agreement"), "cohen": _("Cohen's kappa"), "fleiss": _("Fleiss' kappa"),
        "alpha": _("Krippendorff's alpha"), "ac1": _("Gwet's AC1"), "ac2": _("Gwet's AC2"),
        "brennan_prediger": _("Brennan–Prediger"), "alpha_nominal": _("Alpha, equal sets"),
        "alpha_jaccard": _("Alpha, Jaccard"), "alpha_masi": _("Alpha, MASI"), "alpha_ordinal": _("Ordinal alpha"),
        "alpha_unitizing": _("Unitizing alpha"), "prevalence": _("Prevalence"),
    }[measure]  # fmt: skip


def agreeing(one: CodeAgreement) -> tuple[int, int]:
    """Of all pairs of judgements how many agree on a code, and how many differ."""
    both, first, second, neither = one.pairs_table
    return both + neither, first + second


def counts(table: Table, first: str, second: str) -> list[tuple[str, int]]:
    """The four cells of two coders' counts with their names."""
    return list(zip(cell_names(first, second), table, strict=True))


def cell_names(first: str, second: str) -> tuple[str, str, str, str]:
    """Names of the four cells of two coders' counts."""
    return _("both"), _("only {coder}", coder=first), _("only {coder}", coder=second), _("neither")


def resampled(used: int, degenerate: int) -> str:
    """How many resamples an interval rests on, and how many gave no value."""
    rests = ngettext("{shown} resample used", "{shown} resamples used", used, shown=whole(used))
    none = ngettext("{shown} without a value", "{shown} without a value", degenerate, shown=whole(degenerate))
    return f"{rests}, {none}"


def listed(names: Sequence[str]) -> str:
    """Names with commas between them."""
    return ", ".join(names)
