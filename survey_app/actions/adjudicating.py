"""Settle what coders differ on: the decision, who made it and why, as a layer of its own beside the coders' codings.

What a coder has given is never touched. A decision names the one that it was made in sight of, so that nobody
overwrites what somebody else has decided meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from coding.adjudication import WHOLE, Decision, decision, unanimous
from survey_app.actions.adjudicated_spans import Nearby, clear, nearby
from survey_app.actions.codebook_rules import readable
from survey_app.actions.comparing import compare_within
from survey_app.actions.rights import needs, sight_of
from survey_app.store import codebooks, schema, studies, undo
from survey_app.store import codes as code_rows
from survey_app.store import decisions as decision_rows
from survey_app.store.decisions import AGREED, DECIDED
from survey_app.store.log import Row, Store, now, open_change
from survey_app.store.sight import ADJUDICATED, comparable
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, sentence

SETTLE, AGREE, REOPEN, ANCHOR = "settle", "settle_agreed", "reopen_statement", "make_anchor"
VERBS = (SETTLE, AGREE, REOPEN, ANCHOR)
"""What `take_back` turns."""
LONGEST_REASON = 4000
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class CannotSettle(MessageError):
    """What was asked would be no sound decision. Nothing was changed."""


class SettledMeanwhile(CannotSettle):
    """Somebody else has decided since; `decided` is their decision, None where it was taken back."""

    def __init__(self, why: Message, decided: Row | None) -> None:
        super().__init__(why)
        self.decided = decided


@dataclass(frozen=True, slots=True)
class Settler:
    """Who decides, and at which texts."""

    study_id: str
    person: str
    coder_id: str
    sources: frozenset[str]


@needs(Role.CODER)
def settle(
    store: Store, person: str, study_id: str, statement_id: str, codes: Mapping[str, str], reason: str = "", *,
    seen: str = "",
) -> str:  # fmt: skip
    """Decide which codes a statement has. `codes`: key of a code -> key of the coder whose words are taken, or "" for
    the whole statement; none at all is a decision too. `seen` is the id of the decision that was known. Returns the
    id of the new one. Raises SettledMeanwhile, CannotSettle, Gone."""
    with store.writing() as connection:
        return settle_within(
            connection, settler(connection, store, person, study_id), statement_id, codes, reason, seen=seen
        )


@needs(Role.CODER)
def settle_agreed(
    store: Store, person: str, study_id: str, source_ids: Sequence[str], coders: Sequence[str], *, reference: str = ""
) -> int:
    """Take over, as one change, every statement that all of these coders who looked gave the same codes, two or more,
    and that is not adjudicated yet; the words are those of `reference`, else of the first. Returns how many."""
    with store.writing() as connection:
        who = settler(connection, store, person, study_id)
        compared = compare_within(connection, store, study_id, source_ids, coders)
        found = unanimous(compared.given, reference or coders[0]) if coders else []
        found = [each for each in found if each.statement_id not in compared.decisions]
        if not found:
            return 0
        change = open_change(connection, study_id, person, AGREE)
        source_of = {key: row["source_id"] for key, row in compared.statements.items()}
        keys = {row["key"]: row["id"] for row in code_rows.codes(connection, study_id, archived=True)}
        version = codebooks.version_of(connection, study_id)
        change.insert(
            schema.coding,
            [row for each in found for row in _codings(who, source_of[each.statement_id], each, keys, version)],
        )
        change.insert(
            schema.decision,
            [{"statement_id": each.statement_id, "coder_id": who.coder_id, "at": now(), "how": AGREED}
             for each in found],
        )  # fmt: skip
        return len(found)


@needs(Role.CODER)
def take_back(store: Store, person: str, study_id: str, statement_id: str = "", *, seen: str = "") -> bool:
    """Turn back this person's last act of settling; with `statement_id` instead the decision `seen` on that statement,
    whoever made it. False: there is nothing to take back. Raises UndoRefused where it has been changed since, and
    CannotSettle where the comparison of its text is not open to them; it goes on before that the next time."""
    with store.writing() as connection:
        who = settler(connection, store, person, study_id)
        if statement_id:
            return reopen_within(connection, who, statement_id, seen=seen)
        refused = undo_within(connection, who)
    if isinstance(refused, MessageError):
        raise refused
    return refused


def settler(connection: Connection, store: Store, person: str, study_id: str) -> Settler:
    """Who is about to decide. Raises CannotSettle for somebody who codes nothing in the study."""
    mine = [row for row in studies.coders(connection, study_id) if row["key"] == person]
    if not mine:
        raise CannotSettle(sentence("Decisions are made under the name of a coder. Nothing was changed."))
    can = comparable(connection, sight_of(connection, store, study_id), study_id)
    return Settler(study_id, person, mine[0]["id"], frozenset(can))


def settle_within(
    connection: Connection, who: Settler, statement_id: str, codes: Mapping[str, str], reason: str, *, seen: str,
    decision_id: str = "", **client: Any,
) -> str:  # fmt: skip
    """`settle` inside a writing transaction; `decision_id` is what the decision shall be called in the store."""
    here = _open(connection, who, statement_id, seen)
    if decision_id and not UUID.fullmatch(decision_id):
        raise CannotSettle(sentence("The browser sent something unknown. Load the page again."))
    keys = _keys(connection, who.study_id, codes)
    try:
        decided = decision(here.given(codes.values()), statement_id, codes)
    except ValueError as problem:
        raise CannotSettle(
            sentence("A coder has changed this statement meanwhile. Nothing was decided; look at it again.")
        ) from problem
    change = open_change(connection, who.study_id, who.person, SETTLE, scope=here.source_id, **client)
    clear(change, here)
    version = codebooks.version_of(connection, who.study_id)
    change.insert(schema.coding, _codings(who, here.source_id, decided, keys, version))
    values = {
        "statement_id": statement_id, "coder_id": who.coder_id, "at": now(), "how": DECIDED,
        "reason": readable(reason)[:LONGEST_REASON],
    }  # fmt: skip
    return change.insert(schema.decision, values | ({"id": decision_id} if decision_id else {}))[0]


def reopen_within(connection: Connection, who: Settler, statement_id: str, *, seen: str, **client: Any) -> bool:
    """Take back the decision on a statement: what was adjudicated there before comes back. One that was taken over with
    many others goes alone. False: there was none. Raises UndoRefused."""
    here = _open(connection, who, statement_id, seen)
    if here.decided is None:
        return False
    settled = decision_rows.change_that_made(connection, seen)
    if settled is not None and settled["verb"] == SETTLE:
        undo.turn_back(connection, settled, who.person, **client)
        return True
    change = open_change(connection, who.study_id, who.person, REOPEN, scope=here.source_id, **client)
    clear(change, here)
    return True


def undo_within(connection: Connection, who: Settler, **client: Any) -> bool | MessageError:
    """Turn back the last act of settling of who acts. False: there is none. What cannot be turned any more, or lies at
    a text that is not open to them, is noted as passed over and handed back, for whoever calls to tell; the newest of
    what was passed over are tried again in silence."""
    mine = (connection, who.study_id, who.person, None, VERBS)
    done, passed = undo.done_by(*mine, 1), undo.done_by(*mine, undo.MOST_TRIED_AGAIN, passed=True)
    over = {change["id"] for change in passed}
    for change in sorted([*done, *passed], key=lambda each: int(each["id"]), reverse=True):
        try:
            with connection.begin_nested():
                _turn_back(connection, who, change, client)
        except (undo.UndoRefused, CannotSettle) as problem:
            if change["id"] in over:
                continue
            undo.pass_over(connection, change, who.person)
            return problem
        return True
    return False


def _turn_back(connection: Connection, who: Settler, change: Row, client: dict[str, Any]) -> None:
    """Raises UndoRefused; CannotSettle where the comparison of one of its texts is not open to who acts."""
    if not decision_rows.sources_of(connection, change) <= who.sources:
        raise CannotSettle(
            sentence("The comparison of this text is not open to you. Nothing was changed; ask who leads the study.")
        )
    undo.turn_back(connection, change, who.person, **client)
    if change["verb"] == ANCHOR:
        codebooks.rise_version_after(connection, who.study_id)


def _open(connection: Connection, who: Settler, statement_id: str, seen: str) -> Nearby:
    """A statement that is about to be decided, with what lies on it. Raises SettledMeanwhile and CannotSettle."""
    here = nearby(connection, who.study_id, statement_id)
    if here.source_id not in who.sources:
        raise CannotSettle(
            sentence("The comparison of this text is not open to you. Nothing was decided; ask who leads the study.")
        )
    there = here.decided
    if (there["id"] if there else "") != seen:
        raise SettledMeanwhile(_who_was_first(there), there)
    return here


def _who_was_first(decided: Row | None) -> Message:
    if decided is None:
        return sentence("The decision on this statement was taken back meanwhile. Nothing was changed; look again.")
    if decided["reason"]:
        return sentence(
            "{coder} has decided on this statement meanwhile: “{reason}” Nothing was overwritten; look again.",
            coder=decided["coder_key"], reason=decided["reason"],
        )  # fmt: skip
    return sentence(
        "{coder} has decided on this statement meanwhile. Nothing was overwritten; look again.",
        coder=decided["coder_key"],
    )


def _keys(connection: Connection, study_id: str, codes: Mapping[str, str]) -> dict[str, str]:
    """Ids of the codes by their keys. Raises CannotSettle for one that nobody gave and that is not to be used."""
    present = code_rows.codes(connection, study_id, archived=True)
    by_key = {row["key"]: row for row in present}
    parents = {row["parent_id"] for row in present}
    for key, coder in codes.items():
        row = by_key.get(key)
        holds_others = row is not None and row["parent_id"] is None and row["id"] in parents
        if row is None or (coder == WHOLE and (row["archived"] or holds_others)):
            raise CannotSettle(
                sentence("This code is no longer in use in the codebook. Load the page again and choose another.")
            )
    return {key: row["id"] for key, row in by_key.items()}


def _codings(who: Settler, source_id: str, decided: Decision, keys: Mapping[str, str], version: int) -> list[Row]:
    return [
        {"source_id": source_id, "start": start, "end": end, "code_id": keys[key], "coder_id": who.coder_id,
         "layer": ADJUDICATED, "created_at": now(), "codebook_version": version}
        for key, spans in decided.codes
        for start, end in spans
    ]  # fmt: skip
