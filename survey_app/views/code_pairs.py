"""Pairs of codes as the charts of codes together need them: their measures, names, and what a mark of two says."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from coding.co_occurrence import Unit, co_occurrences
from coding.frames import Frames
from coding.shown_codes import shown_codes
from survey_app.language import _, label, ngettext
from survey_app.views import style
from survey_app.views.segment_names import records

_BETWEEN = "+"
_OF_CODE = {"polarity": "polarity", "label_en": "en", "label_ru": "ru", "order": "order"}


def pair_rows(frames: Frames, unit: Unit, *, minimum: int, layer: str, coder_id: str | None) -> pd.DataFrame:
    """One row a pair of codes below their roots that somebody says together, the most frequent first.

    `coding.co_occurrence.co_occurrences` with mark (`mark_of`), unit, n (units), first_n and second_n (units with the
    code), and polarity, en, ru (labels) and order of both codes: first_polarity, second_en ...
    """
    below = frames.codes.loc[shown_codes(frames), ["code_id", *_OF_CODE]]
    found = co_occurrences(frames, unit, minimum=minimum, layer=layer, coder_id=coder_id)
    found = found[found["both"] > 0]
    found = found.assign(unit=unit, n=found[["both", "only_first", "only_second", "neither"]].sum(axis=1))
    for side in ("first", "second"):
        named = {name: f"{side}_{short}" for name, short in _OF_CODE.items()}
        found = found.merge(below.rename(columns=named | {"code_id": side}), on=side)
        found[f"{side}_n"] = found["both"] + found[f"only_{side}"]
    found["mark"] = [mark_of(*pair) for pair in zip(found["first"], found["second"], strict=True)]
    by = ["both", "jaccard", "first_order", "second_order"]
    return found.sort_values(by, ascending=[False, False, True, True], kind="stable", ignore_index=True)


def mark_of(first: str, second: str) -> str:
    """What the mark of a pair is called in `customdata` and in the index of a table."""
    return f"{first}{_BETWEEN}{second}"


def codes_of_mark(mark: str, code_ids: Collection[str]) -> tuple[str, str] | None:
    """The two codes of a pair's mark; None for the mark of one code, or of codes that the study no longer has."""
    known = set(code_ids)
    parts = mark.split(_BETWEEN)
    for place in range(1, len(parts)):
        first, second = _BETWEEN.join(parts[:place]), _BETWEEN.join(parts[place:])
        if first in known and second in known:
            return first, second
    return None


def most_together(rows: pd.DataFrame, most: int) -> list[str]:
    """At most so many codes, taken from the pairs in their order; what would be one too many is left out."""
    taken = dict[str, None]()
    for pair in zip(rows["first"], rows["second"], strict=True):
        if len(taken | dict.fromkeys(pair)) <= most:
            taken |= dict.fromkeys(pair)
    return list(taken)


def distances(rows: pd.DataFrame, codes: Sequence[str]) -> np.ndarray:
    """1 - Jaccard between these codes, (n, n); 1 where a pair is not among the rows."""
    place = pd.Index(codes)
    first, second = (place.get_indexer(pd.Index(rows[side])) for side in ("first", "second"))
    inside = (first >= 0) & (second >= 0)
    found = np.ones((len(codes), len(codes)))
    found[first[inside], second[inside]] = 1 - rows["jaccard"].to_numpy(dtype=float)[inside]
    found = np.minimum(found, found.T)
    np.fill_diagonal(found, 0)
    return found


def code_names(rows: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Each code of the rows, by its key: code_id, label_en, label_ru, polarity, order, n (units with it), unit."""
    names = {"": "code_id", "_en": "label_en", "_ru": "label_ru", "_polarity": "polarity", "_order": "order", "_n": "n"}
    sides = [
        rows[[f"{side}{end}" for end in names]].set_axis(list(names.values()), axis=1).assign(unit=rows["unit"])
        for side in ("first", "second")
    ]
    return {row["code_id"]: row for row in records(pd.concat(sides).drop_duplicates("code_id"))}


def shared(row: Mapping[str, Any]) -> str:
    """ "6 of 13 experts": both, of those with either."""
    either = row["both"] + row["only_first"] + row["only_second"]
    if row["unit"] == "expert":
        return style.k_of_n_experts(row["both"], either)
    if row["unit"] == "turn":
        return ngettext("{k} of {count} turn", "{k} of {count} turns", either, k=row["both"])
    return ngettext("{k} of {count} statement", "{k} of {count} statements", either, k=row["both"])


def units(code: Mapping[str, Any]) -> str:
    """ "10 experts", of a code of `code_names`."""
    if code["unit"] == "expert":
        return ngettext("{count} expert", "{count} experts", code["n"])
    if code["unit"] == "turn":
        return ngettext("{count} turn", "{count} turns", code["n"])
    return style.statements(code["n"])


def hover(row: Mapping[str, Any]) -> str:
    """What the mark of a pair tells of it."""
    told = [
        _("both: {share} with either", share=shared(row)),
        _("Jaccard {jaccard}, lift {lift}", jaccard=style.number(row["jaccard"], 2),
          lift=style.number(row["lift"], 2)),
    ]  # fmt: skip
    if row["unit"] != "expert":
        told.append(ngettext("said by {count} expert", "said by {count} experts", row["experts"]))
    names = "<br>".join(f"<b>{style.wrapped(label(row, side), 48)}</b>" for side in ("first", "second"))
    return f"{names}<br>" + "<br>".join(told)


def nothing_together() -> str:
    """Said where no pair has experts enough."""
    return _("No two codes are said together by enough experts.")
