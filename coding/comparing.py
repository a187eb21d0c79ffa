"""How coders differ, statement by statement: against one of them or the adjudicated layer, side by side, code by code.

Only statements that both looked at are compared: what one coder has not seen is no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from coding.codings import places_of_codes

ADJUDICATED = ""
"""The reference that is no coder's: what was decided."""

MISSED, EXTRA, OTHER_CODE, OTHER_SPAN = "missed", "extra", "other_code", "other_span"

DIFFERENCES = ["statement_id", "coder_id", "kind", "code_id", "other_code_id"]
SIDE_BY_SIDE = ["statement_id", "codes", "agree", "differ", "same_spans"]
CONFUSIONS = ["code_id", "other_code_id", "n", "statement_ids"]

Spans = tuple[tuple[int, int], ...]
"""Stretches of a source's text in order, apart from one another, without white space at their edges."""

Codes = Mapping[str, Spans]
"""What a statement was given: each code with the stretches that belong to the statement. Empty: looked at, no code."""

_NOTHING: Codes = {}
_Placed = dict[str, dict[str, list[tuple[int, int]]]]
"""statement_id -> code_id -> the parts of codings, as they come."""


@dataclass(frozen=True, slots=True)
class Given:
    """What everybody gave the statements that they looked at.

    `places` has every statement with its start and end, in the order of sources and talk; `of` leads from coder_id over
    statement_id to `Codes`, in that order too, and from `ADJUDICATED` to the statements that are decided. `parents`
    (code_id -> parent_id) tells which codes are kin.
    """

    places: Mapping[str, tuple[int, int]]
    of: Mapping[str, Mapping[str, Codes]]
    parents: Mapping[str, str]

    @property
    def coders(self) -> tuple[str, ...]:
        """The coders compared, as they were asked for."""
        return tuple(coder_id for coder_id in self.of if coder_id != ADJUDICATED)

    @property
    def decided(self) -> Mapping[str, Codes]:
        """The adjudicated codes of every statement that is decided."""
        return self.of[ADJUDICATED]

    def both(self, reference: str, coder_id: str) -> Iterator[tuple[str, Codes, Codes]]:
        """Every statement that both looked at: its id, what the reference gave, what the coder gave."""
        own = self.of[coder_id]
        for statement_id, codes in self.of[reference].items():
            if statement_id in own:
                yield statement_id, codes, own[statement_id]


def what_was_given(
    statements: pd.DataFrame,
    codings: pd.DataFrame,
    reviews: pd.DataFrame,
    coders: Sequence[str],
    *,
    codes: pd.DataFrame | None = None,
    decided: Collection[str] = (),
) -> Given:
    """Lay together what these coders and the adjudicated layer gave the statements.

    `reviews` (statement_id, coder_id) says who looked at what; a statement that a coder coded counts as looked at, and
    one with an adjudicated coding as decided. `decided` adds the statements on which it was decided to give no code.
    """
    found: dict[str, _Placed] = {coder_id: {} for coder_id in (*coders, ADJUDICATED)}
    looked_at = {coder_id: set(seen) for coder_id, seen in reviews.groupby("coder_id")["statement_id"]}
    looked_at[ADJUDICATED] = set(decided)
    placed = places_of_codes(statements, codings)
    who = placed["coder_id"].where(placed["layer"] == "coder", ADJUDICATED)
    columns = (placed["statement_id"], who, placed["code_id"], placed["start"], placed["end"])
    for statement_id, coder_id, code_id, start, end in zip(*(column.tolist() for column in columns), strict=True):
        if coder_id in found:
            found[coder_id].setdefault(statement_id, {}).setdefault(code_id, []).append((start, end))
    order = _in_order(statements)
    return Given(
        places={key: (start, end) for key, start, end, _text in order},
        of={coder_id: _by_place(order, looked_at.get(coder_id, set()), given) for coder_id, given in found.items()},
        parents={} if codes is None else dict(zip(codes["code_id"], codes["parent_id"], strict=True)),
    )


def differences(given: Given, reference: str = ADJUDICATED, coders: Iterable[str] | None = None) -> pd.DataFrame:
    """How each coder differs from the reference, a row a difference (columns `DIFFERENCES`), coder by coder in order.

    `missed`: the reference gave `code_id`, the coder nothing in its place (`other_code_id` is ""). `extra`: the coder
    gave `other_code_id`, the reference nothing in its place (`code_id` is ""). `other_code`: both gave a code that the
    other did not. `other_span`: both gave `code_id` (= `other_code_id`), to different stretches of the text.
    Which code stands in the place of which is told by `pairs`.
    """
    rows = []
    for coder_id in given.coders if coders is None else coders:
        if coder_id == reference:
            continue
        for statement_id, expected, own in given.both(reference, coder_id):
            if expected == own:
                continue
            for code_id, other in pairs(expected, own, given.parents):
                if code_id != other:
                    kind = MISSED if not other else OTHER_CODE if code_id else EXTRA
                elif expected[code_id] != own[code_id]:
                    kind = OTHER_SPAN
                else:
                    continue
                rows.append((statement_id, coder_id, kind, code_id, other))
    return pd.DataFrame(rows, columns=DIFFERENCES, dtype=object)


def side_by_side(given: Given) -> pd.DataFrame:
    """One row a statement that two coders or more looked at; differences first, then by place in the text.

    `codes` has for each coder the codes given, or None if the coder has not looked. `agree`: all gave the same codes;
    `differ`: so many coders would have to change theirs for that; `same_spans`: they all gave them to the same words.
    """
    rows = []
    for statement_id in given.places:
        looked = {coder_id: given.of[coder_id].get(statement_id) for coder_id in given.coders}
        seen = [codes for codes in looked.values() if codes is not None]
        if len(seen) < 2:
            continue
        codes_of = {coder_id: None if codes is None else tuple(codes) for coder_id, codes in looked.items()}
        if all(codes == seen[0] for codes in seen):
            rows.append((statement_id, codes_of, True, 0, True))
            continue
        alike = Counter(tuple(codes) for codes in seen)
        differ = len(seen) - max(alike.values())
        rows.append((statement_id, codes_of, differ == 0, differ, False))
    rows.sort(key=lambda row: row[2])
    return pd.DataFrame(rows, columns=SIDE_BY_SIDE).astype({"agree": "bool", "differ": "int64", "same_spans": "bool"})


def confusions(given: Given, reference: str, coder_id: str) -> pd.DataFrame:
    """Which code the coder gave where the reference gave which (columns `CONFUSIONS`), a row a cell that is not empty.

    "" is no code: of the reference (extra), of the coder (missed), of both (nothing in the statement). The diagonal is
    agreement on the code, whatever its span. In the rows of a code are all statements to which the reference gave it,
    in the columns all to which the coder did: each code of a statement stands in one cell (`pairs`).
    """
    cells: dict[tuple[str, str], list[str]] = {}
    for statement_id, expected, own in given.both(reference, coder_id):
        for cell in pairs(expected, own, given.parents) or [("", "")]:
            cells.setdefault(cell, []).append(statement_id)
    rows = [(*cell, len(ids), tuple(ids)) for cell, ids in sorted(cells.items())]
    return pd.DataFrame(rows, columns=CONFUSIONS).astype({"n": "int64"})


def pairs(expected: Codes, own: Codes, parents: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each code of the reference with the coder's in its place, sorted; "" where there is none.

    A code that both gave is paired with itself. Of what is left, those two come together first that share the most
    words; then those under the same parent; then by the code of the reference and that of the coder, in the alphabet.
    Each code is paired once; as long as both sides have one left, no code is left alone.
    """
    found = [(code_id, code_id) for code_id in expected if code_id in own]
    left, right = [code for code in expected if code not in own], [code for code in own if code not in expected]
    candidates = sorted(
        (-_shared(expected[code], own[other]), not _kin(code, other, parents), code, other)
        for code in left
        for other in right
    )
    for _shared_points, _far, code, other in candidates:
        if code in left and other in right:
            left.remove(code)
            right.remove(other)
            found.append((code, other))
    return sorted([*found, *((code, "") for code in left), *(("", other) for other in right)])


def with_code(rows: pd.DataFrame, code_id: str) -> pd.DataFrame:
    """Of `side_by_side` the statements to which somebody gave the code."""
    gave = [any(codes and code_id in codes for codes in each.values()) for each in rows["codes"]]
    return rows[np.array(gave, dtype=bool)]


def with_coder(rows: pd.DataFrame, coder_id: str) -> pd.DataFrame:
    """Of `side_by_side` the statements that the coder looked at."""
    return rows[np.array([each.get(coder_id) is not None for each in rows["codes"]], dtype=bool)]


def with_kind(rows: pd.DataFrame, found: pd.DataFrame, *kinds: str) -> pd.DataFrame:
    """Of `side_by_side` the statements with a difference of one of these kinds among those `found` (`differences`)."""
    return rows[rows["statement_id"].isin(found.loc[found["kind"].isin(kinds), "statement_id"])]


def _in_order(statements: pd.DataFrame) -> list[tuple[str, int, int, str]]:
    """statement_id, start, end and text by sources, as they come, and order within them.

    A text of another length, as after a pseudonym was put in, tells nothing of places and is left out.
    """
    sources = pd.Index(statements["source_id"].unique())
    order = np.lexsort((statements["order"], sources.get_indexer(pd.Index(statements["source_id"]))))
    columns = [statements[name].to_numpy(dtype=object)[order] for name in ("statement_id", "start", "end", "text")]
    return [
        (key, start, end, text if len(text) == end - start else "")
        for key, start, end, text in zip(*columns, strict=True)
    ]


def _by_place(order: list[tuple[str, int, int, str]], looked_at: Collection[str], given: _Placed) -> dict[str, Codes]:
    """The statements that were looked at or coded, in order, each with its codes in the alphabet."""
    found: dict[str, Codes] = {}
    for statement_id, begin, _end, text in order:
        codes = given.get(statement_id)
        if codes is not None:
            found[statement_id] = {code_id: _stretches(codes[code_id], text, begin) for code_id in sorted(codes)}
        elif statement_id in looked_at:
            found[statement_id] = _NOTHING
    return found


def _stretches(spans: list[tuple[int, int]], text: str, begin: int) -> Spans:
    """The spans in order; those that overlap, or have only white space of the statement between them, are one."""
    if len(spans) == 1:
        return tuple(spans)
    spans.sort()
    stretches = [spans[0]]
    for start, end in spans[1:]:
        last_start, last_end = stretches[-1]
        if start <= last_end or text[last_end - begin : start - begin].isspace():
            stretches[-1] = (last_start, max(last_end, end))
        else:
            stretches.append((start, end))
    return tuple(stretches)


def _shared(some: Spans, others: Spans) -> int:
    """Code points in both."""
    return sum(max(0, min(end, to) - max(start, since)) for start, end in some for since, to in others)


def _kin(code: str, other: str, parents: Mapping[str, str]) -> bool:
    return bool(parents.get(code)) and parents.get(code) == parents.get(other)
