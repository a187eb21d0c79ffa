"""What agreement is computed from: the judgements that may be compared, of the coders and codes that are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from coding.counts import SESSIONS, lineage
from coding.judgements import judgements_of
from coding.stretches import within
from survey_app.actions.results import Kept, frames_within
from survey_app.actions.rights import sight_of
from survey_app.store import judged, sources
from survey_app.store.log import Row, Store
from survey_app.store.progress import NOT_CODED
from survey_app.store.sight import comparable, training_pairs

CODED_WORDS = ["source_id", "start", "end", "code_id", "coder_id"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What to compare; empty means all that there is.

    `sources`: ids of opened texts. `coders`: keys. `kinds` of sources. With `branches` a code counts as every branch in
    which it lies, roots unless `codes` names others; else each code counts by itself.
    """

    sources: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    kinds: tuple[str, ...] = SESSIONS
    codes: tuple[str, ...] = ()
    branches: bool = False


EVERYTHING = Asked()


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the kinds asked for; whether its comparison is open to the one who asks, and its coders if so."""

    source_id: str
    key: str
    kind: str
    opened: bool
    coders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Material:
    """`texts` are all of the kinds asked for; everything else is of those that are `compared`.

    `statements` (a STATEMENTS frame with group_id) are those whose words are coded, `codings` the coders' own, `looks`
    (statement_id, coder_id) who saw what. `codes` are what is counted, in the codebook's order; `home` leads from each
    code that can be applied to those that it counts as. `all_coders` could be asked for.
    """

    texts: tuple[Text, ...]
    compared: tuple[str, ...]
    statements: pd.DataFrame
    codings: pd.DataFrame
    looks: pd.DataFrame
    codes: pd.DataFrame
    home: pd.DataFrame
    groups: pd.DataFrame
    coders: tuple[str, ...]
    all_coders: tuple[str, ...]

    @property
    def code_ids(self) -> list[str]:
        """The codes that are counted."""
        return list(self.codes["code_id"])

    @cached_property
    def judgements(self) -> pd.DataFrame:
        """unit (statement_id), coder, code; an empty code says: looked at, nothing of what is counted applied."""
        found = judgements_of(self.statements, self.codings, self.looks)
        counted = found.merge(self.home, left_on="code", right_on="code_id", how="left")
        counted["code"] = counted["counts_as"].fillna("")
        return counted[["unit", "coder", "code"]].drop_duplicates(ignore_index=True)

    @cached_property
    def spans(self) -> pd.DataFrame:
        """The coded words within statements: source_id, start, end, code_id, coder_id."""
        inside = within(self.codings[CODED_WORDS], self.statements[["source_id", "start", "end"]])
        counted = inside.merge(self.home, on="code_id").drop(columns="code_id")
        return counted.rename(columns={"counts_as": "code_id"})[CODED_WORDS]

    @cached_property
    def read(self) -> pd.DataFrame:
        """The statements that each coder looked at: statement_id, source_id, start, end, expert_id, coder_id."""
        looked = self.judgements[["unit", "coder"]].drop_duplicates().set_axis(["statement_id", "coder_id"], axis=1)
        places = self.statements[["statement_id", "source_id", "start", "end", "expert_id"]]
        return looked.merge(places, on="statement_id")

    @cached_property
    def clusters(self) -> dict[str, str] | None:
        """The expert of each statement; None where nobody knows who speaks."""
        known = self.statements[self.statements["expert_id"] != ""]
        return dict(zip(known["statement_id"], known["expert_id"], strict=True)) if len(known) else None

    @cached_property
    def group_of(self) -> dict[str, str]:
        """The stakeholder group of each statement, "" where it is not known."""
        return dict(zip(self.statements["statement_id"], self.statements["group_id"], strict=True))


_MATERIAL: Kept[tuple[Any, ...], Material] = Kept(16)


def material_of(connection: Connection, store: Store, study_id: str, asked: Asked) -> tuple[tuple[Any, ...], Material]:
    """What may be compared by the one who acts, and the key to keep results of it under."""
    stamp, frames = frames_within(connection, store, study_id)
    key = (stamp, asked)

    def made() -> Material:
        listed = sources.sources(connection, study_id, *asked.kinds)
        can = comparable(connection, sight_of(connection, store, study_id), study_id)
        trained = training_pairs(connection, study_id)
        open_here = [row["id"] for row in listed if row["id"] in can]
        codings = frames.codings[frames.codings["source_id"].isin(open_here) & (frames.codings["layer"] == "coder")]
        codings = _without(codings, trained)
        looks = _without(pd.DataFrame(judged.looks(connection, open_here), columns=_LOOKS), trained)
        return _material(frames, asked, _texts(listed, can, codings, looks), codings, looks)

    return key, _MATERIAL.get(key, made)


_LOOKS = ["statement_id", "source_id", "coder_id"]


def _material(
    frames: Any, asked: Asked, texts: tuple[Text, ...], codings: pd.DataFrame, looks: pd.DataFrame
) -> Material:
    compared = tuple(
        text.source_id for text in texts if text.opened and (not asked.sources or text.source_id in asked.sources)
    )
    there = sorted({coder for text in texts if text.source_id in compared for coder in text.coders})
    coders = [coder for coder in there if not asked.coders or coder in asked.coders]
    statements = frames.statements[
        frames.statements["source_id"].isin(compared) & ~frames.statements["role"].isin(NOT_CODED)
    ]
    statements = statements.merge(frames.experts[["expert_id", "group_id"]], on="expert_id", how="left")
    statements["group_id"] = statements["group_id"].fillna("")
    codings = codings[codings["source_id"].isin(compared) & codings["coder_id"].isin(coders)]
    codes, home = counted_codes(frames.codes, asked, set(codings["code_id"]))
    return Material(
        texts, compared, statements, codings,
        looks[looks["source_id"].isin(compared) & looks["coder_id"].isin(coders)], codes, home, frames.groups,
        tuple(coders), tuple(there),
    )  # fmt: skip


def counted_codes(codes: pd.DataFrame, asked: Asked, applied: set[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The codes that are counted, and for each code that can be applied (code_id) those that it `counts_as`.

    By themselves count all codes without others below them, and those with others that were applied.
    """
    above = set(codes["parent_id"])
    ordered = codes.sort_values("order", kind="stable")
    if asked.branches:
        wanted = ordered["code_id"].isin(asked.codes) if asked.codes else ordered["parent_id"] == ""
        home = lineage(codes).rename(columns={"ancestor": "counts_as"})
    else:
        wanted = (
            ordered["code_id"].isin(asked.codes)
            if asked.codes
            else ~ordered["code_id"].isin(above) | ordered["code_id"].isin(applied)
        )
        home = pd.DataFrame({"code_id": codes["code_id"], "counts_as": codes["code_id"]})
    kept = ordered[wanted].reset_index(drop=True)
    return kept, home[home["counts_as"].isin(kept["code_id"])]


def _texts(listed: list[Row], can: set[str], codings: pd.DataFrame, looks: pd.DataFrame) -> tuple[Text, ...]:
    pairs = pd.concat([codings[["source_id", "coder_id"]], looks[["source_id", "coder_id"]]]).drop_duplicates()
    who: dict[str, list[str]] = {}
    for source_id, coder in pairs.itertuples(index=False):
        who.setdefault(source_id, []).append(coder)
    return tuple(
        Text(row["id"], row["key"], row["kind"], row["id"] in can, tuple(sorted(who.get(row["id"], ()))))
        for row in listed
    )


def _without(rows: pd.DataFrame, pairs: set[tuple[str, str]]) -> pd.DataFrame:
    """Rows (source_id, coder_id) that are of none of these pairs."""
    if not pairs:
        return rows
    found = [pair in pairs for pair in zip(rows["source_id"], rows["coder_id"], strict=True)]
    return rows[~pd.Series(found, index=rows.index, dtype=bool)]
