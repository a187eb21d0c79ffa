"""Make one code of two, or two of one: codings go along, and one undo brings everything back.

What lies in the way of other coders is shown as counts alone; a split asks each coder for their own codings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from coding.merging import Joined, Span, join_codings
from survey_app.actions.codebook import hang, insert_code, new_version
from survey_app.actions.codebook_rules import (
    CodebookProblem,
    below,
    name_of,
    need,
    need_below_a_root,
    need_in_use,
    need_movable,
)
from survey_app.actions.rights import needs
from survey_app.actions.seen_codings import only_seen
from survey_app.actions.summaries_follow import follow_merge
from survey_app.store import codes as code_rows
from survey_app.store import schema
from survey_app.store.log import Change, Row, Store, rows
from survey_app.store.team import Role
from transcripts.messages import sentence

MERGE = "merge_codes"


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act on codes would do: codings that get another code or stand below another, those that grow together
    into others, and how many coders, sources and codes below are touched."""

    codings: int = 0
    joined: int = 0
    coders: int = 0
    sources: int = 0
    children: int = 0


@needs(Role.RESEARCHER)
def merge_codes(store: Store, person: str, study_id: str, from_id: str, into_id: str) -> None:
    """Give all codings of one code to another and take it out of use; the codes below it move below the other.

    Where a coder's codings of both overlap or touch, they become one over the union of their words.
    """
    with new_version(store, person, study_id, MERGE) as (change, present):
        merged, into = _need_two(present, from_id, into_id)
        _join(change, *_codings_of_both(change.connection, from_id, into_id), into_id)
        _move_children(change, present, merged, into)
        _redirect(change, present, merged, into)
        follow_merge(change, study_id, merged["key"], into["key"])
        change.update(schema.code, from_id, archived=True, merged_into_id=into_id, counterpart="")


@needs(Role.RESEARCHER)
def split_code(
    store: Store, person: str, study_id: str, code_id: str, names: Iterable[tuple[str, str]],
    decisions: Mapping[str, int | str],
) -> list[str]:  # fmt: skip
    """Put new codes (English and Russian names) beside a code, and give them the codings that go over to them.

    `decisions` says of the person's own codings which of the names they get (a number), or which code that is there
    (an id); the others stay. Returns the new ids.
    """
    with new_version(store, person, study_id, "split_code") as (change, present):
        code = need_in_use(present, code_id)
        need_below_a_root(code)
        parent = need(present, code["parent_id"])
        made = [
            insert_code(change, study_id, present, parent, label_en=english, label_ru=russian, colour=code["colour"])
            for english, russian in names
        ]
        if not made:
            raise CodebookProblem(sentence("Name at least one new code."))
        goes = {one: made[to]["id"] if isinstance(to, int) else to for one, to in decisions.items()}
        for there in {to for to in decisions.values() if isinstance(to, str)}:
            need_below_a_root(need_in_use(present, there))
        _assign(change, person, study_id, goes, from_id=code_id)
    return [row["id"] for row in made]


@needs(Role.RESEARCHER)
def assign_codings(store: Store, person: str, study_id: str, decisions: Mapping[str, str]) -> None:
    """Give some of the person's own codings other codes: coding id -> code id, all of it or nothing."""
    with store.change(study_id, person, "assign_codings") as change:
        present = code_rows.codes(change.connection, study_id, archived=True)
        for code_id in set(decisions.values()):
            need_below_a_root(need_in_use(present, code_id))
        _assign(change, person, study_id, decisions)


@needs(Role.RESEARCHER)
def preview_merge(store: Store, study_id: str, from_id: str, into_id: str) -> Effect:
    """What a merge would do. Raises CodebookProblem where it would be refused."""
    with store.reading() as connection:
        present = code_rows.codes(connection, study_id, archived=True)
        _need_two(present, from_id, into_id)
        merged, into = (
            only_seen(connection, store, study_id, found) for found in _codings_of_both(connection, from_id, into_id)
        )
        joined = sum(len(one.gone) for one in _joined(merged, into))
        return _effect(merged, joined, sum(row["parent_id"] == from_id for row in present))


@needs(Role.RESEARCHER)
def preview_archive(store: Store, study_id: str, code_id: str) -> Effect:
    """What is out of use with a code: its codings and those of the codes below it, which stay and count."""
    return _of_branch(store, study_id, code_id)


@needs(Role.RESEARCHER)
def preview_move(store: Store, study_id: str, code_id: str, parent_id: str) -> tuple[Effect, bool]:
    """What moves along with a code, and whether its polarity changes. Raises CodebookProblem as the move would."""
    with store.reading() as connection:
        code, parent = need_movable(code_rows.codes(connection, study_id, archived=True), code_id, parent_id)
    return _of_branch(store, study_id, code_id), parent is not None and code["polarity"] != parent["polarity"]


def _of_branch(store: Store, study_id: str, code_id: str) -> Effect:
    with store.reading() as connection:
        present = code_rows.codes(connection, study_id, archived=True)
        branch = below(present, need(present, code_id)["id"])
        coding = schema.coding
        found = rows(connection, select(coding).where(coding.c.code_id.in_(branch)))
        return _effect(only_seen(connection, store, study_id, found), 0, len(branch) - 1)


def _effect(codings: list[Row], joined: int, children: int) -> Effect:
    coders, sources = {row["coder_id"] for row in codings}, {row["source_id"] for row in codings}
    return Effect(len(codings), joined, len(coders), len(sources), children)


def _need_two(present: list[Row], from_id: str, into_id: str) -> tuple[Row, Row]:
    merged, into = need(present, from_id), need_in_use(present, into_id)
    need_below_a_root(merged)
    need_below_a_root(into)
    if from_id == into_id:
        raise CodebookProblem(sentence("A code cannot be merged with itself. Choose another."))
    if merged["merged_into_id"]:
        raise CodebookProblem(sentence("“{label}” has been merged already.", label=name_of(merged)))
    return merged, into


def _codings_of_both(connection: Connection, from_id: str, into_id: str) -> tuple[list[Row], list[Row]]:
    coding = schema.coding
    found = rows(connection, select(coding).where(coding.c.code_id.in_([from_id, into_id])))
    return [row for row in found if row["code_id"] == from_id], [row for row in found if row["code_id"] == into_id]


def _joined(merged: list[Row], into: list[Row]) -> list[Joined]:
    return join_codings(map(_span, merged), map(_span, into))


def _span(row: Row) -> Span:
    lane = (row["source_id"], row["coder_id"], row["layer"])
    return Span(row["id"], lane, row["start"], row["end"], row["created_at"])


def _join(change: Change, merged: list[Row], into: list[Row], into_id: str) -> None:
    by_id = {row["id"]: row for row in merged + into}
    left = {row["id"] for row in merged}
    for one in _joined(merged, into):
        parts = [by_id[row_id] for row_id in (one.kept, *one.gone)]
        _hand_over_memos(change, one)
        change.delete(schema.coding, one.gone)
        change.update(
            schema.coding, one.kept, code_id=into_id, start=one.start, end=one.end,
            needs_look=any(part["needs_look"] for part in parts),
        )  # fmt: skip
        left -= {one.kept, *one.gone}
    for row_id in sorted(left):
        change.update(schema.coding, row_id, code_id=into_id)


def _hand_over_memos(change: Change, one: Joined) -> None:
    """What was noted of codings that go is kept with the one that stays."""
    memo = schema.memo
    query = select(memo).where(memo.c.about == "coding", memo.c.about_id.in_([one.kept, *one.gone]))
    kept: dict[str, Row] = {}
    found = sorted(rows(change.connection, query), key=lambda row: (row["about_id"] != one.kept, row["created_at"]))
    for row in found:
        first = kept.setdefault(row["coder_id"], row)
        if first is not row:
            first["text"] = f"{first['text']}\n\n{row['text']}"
            change.delete(memo, row["id"])
    for row in kept.values():
        change.update(memo, row["id"], about_id=one.kept, text=row["text"])


def _move_children(change: Change, present: list[Row], merged: Row, into: Row) -> None:
    by_id = {row["id"]: row for row in present}
    if into["id"] in below(present, merged["id"]):  # merged into one below it, which takes its place first
        above = by_id[merged["parent_id"]]
        hang(change, present, into, above)
        into["parent_id"] = above["id"]
    for child in [row for row in present if row["parent_id"] == merged["id"]]:
        hang(change, present, child, into)


def _redirect(change: Change, present: list[Row], merged: Row, into: Row) -> None:
    """What named the merged code names the other: items of the questionnaire, and its opposite unless that has one."""
    opposites = [row for row in present if row["counterpart"] == merged["key"]]
    for row in opposites:
        follows = row["key"] == merged["counterpart"] and not into["counterpart"] and row["id"] != into["id"]
        change.update(schema.code, row["id"], counterpart=into["key"] if follows else "")
        if follows:
            change.update(schema.code, into["id"], counterpart=row["key"])
    item = schema.item
    query = select(item.c.id).where(item.c.study_id == merged["study_id"], item.c.code_key == merged["key"])
    for row_id in change.connection.scalars(query).all():
        change.update(item, row_id, code_key=into["key"])


def _assign(
    change: Change, person: str, study_id: str, decisions: Mapping[str, str], from_id: str | None = None
) -> None:
    coding, coder, source = schema.coding, schema.coder, schema.source
    query = (
        select(coding)
        .join(coder, coding.c.coder_id == coder.c.id)
        .join(source, coding.c.source_id == source.c.id)
        .where(source.c.study_id == study_id, coder.c.key == person, coding.c.layer == "coder")
    )
    own = {row["id"]: row for row in rows(change.connection, query)}
    for row_id, code_id in decisions.items():
        row = own.get(row_id)
        if row is None or (from_id is not None and row["code_id"] != from_id):
            raise CodebookProblem(sentence("One of these codings is no longer there. Load the page again."))
        same = select(func.count()).where(
            coding.c.source_id == row["source_id"], coding.c.coder_id == row["coder_id"], coding.c.layer == "coder",
            coding.c.code_id == code_id, coding.c.start == row["start"], coding.c.end == row["end"],
        )  # fmt: skip
        if row["code_id"] == code_id:
            continue
        if change.connection.scalar(same):
            change.delete(coding, row_id)  # these words have that code already
        else:
            change.update(coding, row_id, code_id=code_id)
