"""Differences -> decisions: what waits, what needs no discussion, where to begin, and what training has shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from coding.comparing import ADJUDICATED, MISSED, OTHER_CODE, Given, Spans, differences, side_by_side

WHOLE = ""
"""Instead of a coder whose span is taken: the whole statement."""

PER_CODE = ["code_id", "hits", "missed", "extra", "precision", "recall"]


@dataclass(frozen=True, slots=True)
class Decision:
    """The codes that a statement is to have in the adjudicated layer, each with its stretches; none is one too."""

    statement_id: str
    codes: tuple[tuple[str, Spans], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a discussion may begin: `codes` that more than half of those who looked gave, and `tied` ones that exactly
    half gave. `votes` has every code given, with how many gave it; `looked` is how many looked.
    """

    codes: tuple[str, ...]
    tied: tuple[str, ...]
    votes: Mapping[str, int]
    looked: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Statements that two coders or more looked at: decided, agreed (and not decided yet), waiting for a decision."""

    decided: int
    agreed: int
    waiting: int


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """How a coder did against the adjudicated layer, on the `compared` statements that are decided and were looked at.

    `alike` of them have the very codes that were decided. `per_code` (columns `PER_CODE`) has every code that either
    gave; precision is NaN where the coder never gave it, recall where it was never right. `differences` are those of
    `coding.comparing.differences`.
    """

    coder_id: str
    compared: int
    alike: int
    per_code: pd.DataFrame
    differences: pd.DataFrame

    @property
    def missed(self) -> pd.DataFrame:
        """Each decided code that the coder did not give: statement_id, code_id, other_code_id ("" if nothing)."""
        missed = self.differences[self.differences["kind"].isin([MISSED, OTHER_CODE])]
        return missed[["statement_id", "code_id", "other_code_id"]].reset_index(drop=True)


def waiting(rows: pd.DataFrame, decided: Collection[str]) -> pd.DataFrame:
    """Of `coding.comparing.side_by_side` the statements on which coders differ and nothing is decided, in its order."""
    return rows[~rows["agree"] & ~rows["statement_id"].isin(list(decided))].reset_index(drop=True)


def progress(rows: pd.DataFrame, decided: Collection[str]) -> Progress:
    """How far the decisions are on the statements of `coding.comparing.side_by_side`."""
    done = rows["statement_id"].isin(list(decided))
    agreed = rows["agree"] & ~done
    return Progress(int(done.sum()), int(agreed.sum()), int((~done & ~agreed).sum()))


def unanimous(given: Given, reference: str) -> list[Decision]:
    """Decisions that need no discussion: statements not decided yet that all who looked, two or more, gave the same
    codes, none included. The words are those of the coder `reference`, else of the first coder who looked.
    """
    rows = side_by_side(given)
    decisions = []
    for statement_id in rows.loc[rows["agree"], "statement_id"]:
        if statement_id not in given.decided:
            holder = next(who for who in (reference, *given.coders) if statement_id in given.of[who])
            decisions.append(Decision(statement_id, tuple(given.of[holder][statement_id].items())))
    return decisions


def proposal(given: Given, statement_id: str) -> Proposal:
    """Count the coders' votes on a statement; codes in the order of their votes, then of the alphabet."""
    looked = [given.of[who][statement_id] for who in given.coders if statement_id in given.of[who]]
    votes = Counter(code_id for codes in looked for code_id in codes)
    ordered = sorted(votes, key=lambda code_id: (-votes[code_id], code_id))
    return Proposal(
        codes=tuple(code_id for code_id in ordered if 2 * votes[code_id] > len(looked)),
        tied=tuple(code_id for code_id in ordered if 2 * votes[code_id] == len(looked)),
        votes={code_id: votes[code_id] for code_id in ordered},
        looked=len(looked),
    )


def decision(given: Given, statement_id: str, codes: Mapping[str, str]) -> Decision:
    """Give the statement these codes. `codes` leads from code_id to the coder whose words are taken, or to `WHOLE`.

    A code that nobody gave may be decided, on the whole statement. Raises ValueError for words of a coder who did not
    give the code.
    """
    decided: list[tuple[str, Spans]] = []
    for code_id, coder_id in sorted(codes.items()):
        if coder_id == WHOLE:
            decided.append((code_id, (given.places[statement_id],)))
            continue
        spans = given.of.get(coder_id, {}).get(statement_id, {}).get(code_id)
        if spans is None:
            raise ValueError(f"{coder_id!r} did not give {code_id!r} to the statement {statement_id}")
        decided.append((code_id, spans))
    return Decision(statement_id, tuple(decided))


def training_result(given: Given, coder_id: str) -> TrainingResult:
    """Compare a coder with what was decided, code by code; codes in the alphabet."""
    tallies: dict[str, list[int]] = {}
    compared = alike = 0
    for _statement_id, decided, own in given.both(ADJUDICATED, coder_id):
        compared += 1
        alike += decided.keys() == own.keys()
        for code_id in decided.keys() | own.keys():
            outcome = 0 if code_id in decided and code_id in own else 1 if code_id in decided else 2
            tallies.setdefault(code_id, [0, 0, 0])[outcome] += 1
    rows = [
        (code_id, hits, missed, extra, _share(hits, hits + extra), _share(hits, hits + missed))
        for code_id, (hits, missed, extra) in sorted(tallies.items())
    ]
    per_code = pd.DataFrame(rows, columns=PER_CODE).astype({"precision": "float64", "recall": "float64"})
    return TrainingResult(coder_id, compared, alike, per_code, differences(given, ADJUDICATED, [coder_id]))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
