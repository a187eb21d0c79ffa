"""How sure one can be of a difference, in words, and its figures as tables have them."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
from babel.numbers import format_decimal

from coding.inference import interval
from survey_app.language import _, current, ngettext
from survey_app.views import measures, style

SURE = 0.05
"""The p up to which a difference is called more than chance."""
_LEAST = 0.0001


def p_value(p: float) -> str:
    """Four decimals, and "< 0.0001" below what they can say."""
    if p < _LEAST:
        return f"< {format_decimal(_LEAST, '0.0000', locale=current())}"
    return format_decimal(p, "0.0000" if p < 0.1 else "0.00", locale=current())


def signed(value: float) -> str:
    """One decimal with its sign: "+4.5", "−5.3"; a dash where there is no value."""
    if math.isnan(value):
        return measures.NONE
    return format_decimal(value, "+0.0;-0.0", locale=current()).replace("-", "−") if round(value, 1) else "0"


def how_sure(p: float, adjusted_p: float, smallest_p: float, codes: int) -> str:
    """What may be concluded from a test made for so many codes; `smallest_p` is what the sizes allow at best."""
    if smallest_p > SURE:
        return _(
            "So few experts cannot show a difference, whatever they say: the smallest p possible here is {p}.",
            p=p_value(smallest_p),
        )
    if adjusted_p <= SURE:
        return ngettext(
            "That they differ here is hardly chance.",
            "That they differ here is hardly chance, even though {count} codes were compared.", codes,
        )  # fmt: skip
    if p <= SURE:
        return ngettext(
            "For itself this is hardly chance; among {count} code one such difference may well be.",
            "For itself this is hardly chance; among {count} codes one such difference may well be.", codes,
        )  # fmt: skip
    return _("Chance alone often makes such differences.")


def how_sure_of_any(p: float, adjusted_p: float, smallest_p: float, codes: int) -> str:
    """The same for a test of whether segments differ at all, which says nothing of one of them."""
    if smallest_p > SURE:
        return _("So few experts cannot show a difference, whatever they say.")
    if adjusted_p <= SURE:
        return ngettext(
            "That segments differ on it at all is hardly chance.",
            "That segments differ on it at all is hardly chance, even though {count} codes were compared.", codes,
        )  # fmt: skip
    if p <= SURE:
        return ngettext(
            "That segments differ on it at all is for itself hardly chance; among {count} code it may well be.",
            "That segments differ on it at all is for itself hardly chance; among {count} codes it may well be.", codes,
        )  # fmt: skip
    return _("Chance alone often makes such differences.")


def range_of(row: Mapping[str, Any]) -> str:
    """The interval of a row's share in whole percent: "30 to 70 %"; "" where the segment is too small for one."""
    if math.isnan(row["low"]):
        return ""
    return _("{low} to {high} %", low=style.number(100 * row["low"], 0), high=style.number(100 * row["high"], 0))


def with_intervals(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of k and n with `low` and `high` of the 95 % interval of the share, NaN below five experts."""
    ends = [interval(k, n) or (math.nan, math.nan) for k, n in zip(rows["k"], rows["n"], strict=True)]
    return rows.assign(low=[low for low, _high in ends], high=[high for _low, high in ends])
