"""Queries on coded statements: a tree of conditions, the statements that fulfil it, how many experts said them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from coding.counts import SESSIONS, lineage
from coding.segments import ALL
from coding.vicinity import strands
from transcripts.messages import MessageError, sentence

NEVER_FOUND = ("moderator", "assistant", "interpreter", "observer")
"""Who speaks without being asked: their statements lie between others but are never a result."""
OWN, ADJUDICATED = "own", "adjudicated"
COLUMNS = [
    "statement_id", "label", "source_id", "source_kind", "order", "expert_id", "group_id", "role", "text",
    "question_id", "start_s", "codes", "matched",
]  # fmt: skip
"""What `find` returns; `codes` are all codes of the statement, `matched` those that the query names."""


class UnusableQuery(MessageError):
    """A query that cannot be read, or that asks for what the study does not have."""


@dataclass(frozen=True, slots=True)
class HasCode:
    """The statement has this code or one below it; "" for any code at all."""

    code_id: str


@dataclass(frozen=True, slots=True)
class Says:
    """These words stand in the statement, whatever their case and white space; ё and е are the same."""

    words: str


@dataclass(frozen=True, slots=True)
class HasValue:
    """The coder gave the statement this value of an attribute; "" for any value at all."""

    attribute: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class All:
    """Everything holds; without parts, always."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Something holds; without parts, never."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Near:
    """A statement that fulfils the part is at most `within` statements away in the same source; 0: this one does.

    Statements of moderators lie between and are near like any other; in written answers only those of the same expert.
    With `another` this statement itself does not do.
    """

    part: Condition
    within: int
    another: bool = False


@dataclass(frozen=True, slots=True)
class SameExpert:
    """The expert who said it fulfils the part somewhere, in this statement or in another."""

    part: Condition


Condition = HasCode | Says | HasValue | All | Any | Not | Near | SameExpert
ANYTHING = All(())


@dataclass(frozen=True, slots=True)
class Where:
    """Which statements may be a result; an empty choice leaves everything in.

    `since` and `until` are days ("2024-01-31") and include themselves; a source without a day is in no period.
    """

    groups: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = SESSIONS
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, where, and on whose codings it rests: the coder's own, or the adjudicated ones.

    No query can name another coder.
    """

    that: Condition = ANYTHING
    where: Where = field(default_factory=Where)
    layer: str = OWN


def find(
    query: Query,
    statements: pd.DataFrame,
    coded: pd.DataFrame,
    codes: pd.DataFrame,
    experts: pd.DataFrame,
    values: pd.DataFrame,
    dates: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """The statements that fulfil a query, in the order of sources and of talk (`COLUMNS`).

    `coded` are the codes of statements (`coding.codings.codes_of_statements`) by one layer and, for a coder's own, of
    that coder alone (`choose_layer`); so are `values` (statement_id, attribute, value). `dates` says a source's day.
    Raises UnusableQuery for a code that the study does not have.
    """
    here = statements[among(statements["source_kind"], query.where.kinds)].reset_index(drop=True)
    joined = coded[among(coded["code_id"], codes["code_id"])]
    evaluation = _Evaluation(here, joined, codes, values)
    holds = evaluation.of(query.that) & _allowed(query.where, here, experts, dates or {})
    found = here[holds].merge(experts[["expert_id", "group_id"]], on="expert_id", how="left")
    found["group_id"] = found["group_id"].fillna("")
    places = {code_id: place for place, code_id in enumerate(codes["code_id"])}
    of_statement: dict[str, set[str]] = {}
    for statement_id, code_id in zip(joined["statement_id"], joined["code_id"], strict=True):
        of_statement.setdefault(statement_id, set()).add(code_id)
    named = {code for condition in conditions(query.that) for code in evaluation.subtree_of(condition)}
    listed = [tuple(sorted(of_statement.get(each, ()), key=places.__getitem__)) for each in found["statement_id"]]
    found["codes"] = pd.Series(listed, index=found.index, dtype=object)
    matched = [tuple(code for code in several if code in named) for several in listed]
    found["matched"] = pd.Series(matched, index=found.index, dtype=object)
    return found[COLUMNS]


def conditions(condition: Condition) -> Iterator[Condition]:
    """A condition and all that it is made of."""
    yield condition
    match condition:
        case All(parts) | Any(parts):
            for part in parts:
                yield from conditions(part)
        case Not(part) | Near(part, _) | SameExpert(part):
            yield from conditions(part)


def renamed(condition: Condition, names: Mapping[str, str]) -> Condition:
    """The same condition with codes by other keys: those that were merged into others."""
    match condition:
        case HasCode(code_id):
            return HasCode(names.get(code_id, code_id))
        case All(parts):
            return All(tuple(renamed(part, names) for part in parts))
        case Any(parts):
            return Any(tuple(renamed(part, names) for part in parts))
        case Not(part):
            return Not(renamed(part, names))
        case Near(part, within, another):
            return Near(renamed(part, names), within, another)
        case SameExpert(part):
            return SameExpert(renamed(part, names))
    return condition


def tally(found: pd.DataFrame, experts: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """One row a stakeholder group that somebody is in, `ALL` last: group_id, k, n, statements.

    k of the n experts of the group said so many of the statements found. What no expert said is not counted.
    """
    counted = found[found["expert_id"].isin(experts["expert_id"])]
    rows = []
    for group_id in groups.sort_values("order", kind="stable")["group_id"]:
        n = int((experts["group_id"] == group_id).sum())
        said = counted[counted["group_id"] == group_id]
        if n:
            rows.append((group_id, said["expert_id"].nunique(), n, len(said)))
    rows.append((ALL, counted["expert_id"].nunique(), len(experts), len(counted)))
    return pd.DataFrame(rows, columns=["group_id", "k", "n", "statements"])


def among(keys: pd.Series, wanted: Iterable[str]) -> np.ndarray:
    """Which of the keys are wanted, one bool each. On text, several times as fast as `Series.isin`."""
    known = set(wanted)
    return np.fromiter((key in known for key in keys.to_numpy(dtype=object)), dtype=bool, count=len(keys))


def folded(text: str) -> str:
    """Text as it is compared: one case, one white space, ё as е."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace("ё", "е").split())


class _Evaluation:
    """Whether conditions hold: for each, one bool a statement."""

    def __init__(
        self, statements: pd.DataFrame, joined: pd.DataFrame, codes: pd.DataFrame, values: pd.DataFrame
    ) -> None:
        self._statements = statements
        self._joined = joined
        self._values = values
        self._codes = set(codes["code_id"])
        self._lineage = lineage(codes)
        self._strand, self._order = strands(statements)
        self._texts: list[str] | None = None

    def subtree_of(self, condition: Condition) -> set[str]:
        """The codes that a condition on a code names; no others name any."""
        if not isinstance(condition, HasCode):
            return set()
        if not condition.code_id:
            return self._codes
        below = self._lineage
        return set(below.loc[below["ancestor"] == condition.code_id, "code_id"])

    def of(self, condition: Condition) -> np.ndarray:
        everywhere = np.ones(len(self._statements), dtype=bool)
        match condition:
            case HasCode(code_id):
                if code_id and code_id not in self._codes:
                    raise UnusableQuery(
                        sentence("The code “{code}” is no longer in the codebook. Choose another one.", code=code_id)
                    )
                with_it = among(self._joined["code_id"], self.subtree_of(condition))
                return self._among(self._joined.loc[with_it, "statement_id"])
            case Says(words):
                return self._saying(folded(words))
            case HasValue(attribute, value):
                given = self._values[self._values["attribute"] == attribute]
                given = given[given["value"] == value] if value else given
                return self._among(given["statement_id"])
            case All(parts):
                return np.logical_and.reduce([everywhere, *(self.of(part) for part in parts)])
            case Any(parts):
                return np.logical_or.reduce([~everywhere, *(self.of(part) for part in parts)])
            case Not(part):
                return ~self.of(part)
            case Near(part, within, another):
                return self._near(self.of(part), within, another)
            case SameExpert(part):
                who = self._statements["expert_id"]
                return among(who, who[self.of(part)]) & (who != "").to_numpy()

    def _among(self, statement_ids: pd.Series) -> np.ndarray:
        return among(self._statements["statement_id"], statement_ids)

    def _saying(self, words: str) -> np.ndarray:
        if self._texts is None:
            self._texts = [folded(text) for text in self._statements["text"]]
        return np.array([words in text for text in self._texts], dtype=bool)

    def _near(self, hits: np.ndarray, within: int, another: bool) -> np.ndarray:
        """Lay all strands on one axis, further apart than `within`, and look left and right for the nearest hit."""
        if not hits.any():
            return hits
        apart = int(self._order.max()) + within + 1
        place = self._strand * apart + self._order
        ends = np.concatenate([[place.min() - 2 * apart], np.sort(place[hits]), [place.max() + 2 * apart]])
        after = ends[np.searchsorted(ends, place, side="right" if another else "left")]
        before = ends[np.searchsorted(ends, place, side="left" if another else "right") - 1]
        return np.minimum(after - place, place - before) <= within


def _allowed(where: Where, statements: pd.DataFrame, experts: pd.DataFrame, dates: Mapping[str, str]) -> np.ndarray:
    allowed = ~among(statements["role"], NEVER_FOUND)
    if where.groups:
        members = experts.loc[among(experts["group_id"], where.groups), "expert_id"]
        allowed &= among(statements["expert_id"], members)
    if where.questions:
        allowed &= among(statements["question_id"], where.questions)
    if where.sources:
        allowed &= among(statements["source_id"], where.sources)
    if where.since or where.until:
        day = statements["source_id"].map(dict(dates)).fillna("").astype(str)
        allowed &= ((day != "") & (day >= where.since)).to_numpy()
        if where.until:
            allowed &= (day.str.slice(0, len(where.until)) <= where.until).to_numpy()
    return allowed
