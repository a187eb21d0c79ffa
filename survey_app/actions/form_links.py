"""The form of a study as its researchers have it: the questionnaire in use, and the links of experts to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd
from sqlalchemy import Connection, func, select

from survey_app.actions import responses
from survey_app.actions.instruments import free_key, put_instrument, put_items
from survey_app.actions.rights import needs
from survey_app.questionnaires.editions import difference, effects
from survey_app.questionnaires.filling import asked, read_filled
from survey_app.questionnaires.filling_rules import progress
from survey_app.questionnaires.handing_in import item_rows
from survey_app.questionnaires.instrument import Instrument
from survey_app.store import experts as expert_rows
from survey_app.store import form_links, instruments, schema
from survey_app.store.log import Change, Row, Store, now
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, sentence

ORIGINS = ("form", "guide")
"""How a questionnaire came that is filled in here: brought as a definition, or made of the interview guide."""
LONGEST = timedelta(days=366)


class FormProblem(MessageError):
    """A form or a link that cannot be made."""


@dataclass(frozen=True, slots=True)
class FormInUse:
    """The questionnaire that experts fill in here. `answered`: how many have sent their answers."""

    id: str
    key: str
    version: str
    origin: str
    instrument: Instrument
    answered: int


@dataclass(frozen=True, slots=True)
class LinkState:
    """How far an expert has come, in counts alone. `state`: none, new, begun, sent, changed (again since), refused,
    withdrawn, over."""

    expert_id: str
    expert_key: str
    group_id: str
    link_id: str
    state: str
    done: int
    of: int
    expires_at: str
    changed_at: str


@needs(Role.RESEARCHER)
def form_in_use(store: Store, study_id: str) -> FormInUse | None:
    """The form of a study, or None."""
    with store.reading() as connection:
        return _in_use(connection, study_id)


@needs(Role.RESEARCHER)
def form_to_preview(store: Store, study_id: str) -> Instrument:
    """The questionnaire alone, to be looked at. Raises FormProblem where there is none."""
    with store.reading() as connection:
        found = _in_use(connection, study_id)
    if found is None:
        raise _no_form()
    return found.instrument


@needs(Role.RESEARCHER)
def effects_of(store: Store, study_id: str, instrument: Instrument) -> list[Message]:
    """What taking a questionnaire into use would do to the one that is; [] where nobody has answered."""
    with store.reading() as connection:
        found = _in_use(connection, study_id)
        if found is None or not (found.answered or form_links.of_instrument(connection, found.id)):
            return []
        kept = responses.items_with_words(connection, study_id, found.id)
    return effects(difference(found.instrument, instrument), found.answered, kept)


@needs(Role.RESEARCHER)
def use_form(store: Store, person: str, study: Row, instrument: Instrument, origin: str) -> str:
    """Take a questionnaire into use, in place of the one that is, as its next version; returns the version.

    Links and drafts stay, with what still fits, and so do questions under which somebody's words are kept. Raises
    QuestionnaireProblem where answers that were sent, or kept, would no longer be answers to what is asked.
    """
    if not asked(instrument):
        raise FormProblem(sentence("There is no question in it. Nothing was changed."))
    with store.change(study["id"], person, "use_form") as change:
        found = _in_use(change.connection, study["id"])
        there = instruments.instruments(change.connection, study["id"])
        key = found.key if found else free_key(row["key"] for row in there)
        version = str(_number(found.version) + 1 if found else 1)
        row = put_instrument(
            change, study["id"], key, title=instrument.title, version=version, definition=instrument.to_json(),
            origin=origin,
        )  # fmt: skip
        change.update(schema.instrument, row["id"], origin=origin)
        if found and not found.answered:
            old = instruments.items(change.connection, study["id"], row["id"])
            kept = responses.items_with_words(change.connection, study["id"], row["id"])
            change.delete(schema.item, [each["id"] for each in old if each["key"] not in kept])
        put_items(change, study["id"], row, pd.DataFrame(item_rows(instrument)))
        return version


@needs(Role.RESEARCHER)
def link_states(store: Store, study_id: str) -> list[LinkState]:
    """Everybody of the roster, with how far they have come."""
    with store.reading() as connection:
        found = _in_use(connection, study_id)
        people = expert_rows.taking_part(connection, study_id)
        links = {row["expert_id"]: row for row in form_links.of_instrument(connection, found.id)} if found else {}
    return [_state(person, links.get(person["id"]), found.instrument if found else None) for person in people]


@needs(Role.RESEARCHER)
def make_links(
    store: Store, person: str, study_id: str, expert_ids: Sequence[str], expires_at: str
) -> list[tuple[str, str]]:  # fmt: skip
    """Make a link for each of these experts; returns (the expert's key, token), which is not kept. Older links of
    theirs lead nowhere from then on; what was filled in stays."""
    need_end(expires_at)
    with store.change(study_id, person, "make_form_links") as change:
        found = _need_form(change, study_id)
        people = {row["id"]: row["key"] for row in expert_rows.taking_part(change.connection, study_id)}
        strangers = set(expert_ids) - set(people)
        if strangers or not expert_ids:
            raise FormProblem(sentence("Choose experts of this study. No link was made."))
        wanted = [one for one in people if one in set(expert_ids)]
        return [
            (people[one], form_links.give(change.connection, study_id, found.id, one, expires_at)) for one in wanted
        ]


@needs(Role.RESEARCHER)
def withdraw_links(store: Store, person: str, study_id: str, link_ids: Sequence[str]) -> int:
    """Let links lead nowhere; what was filled in stays. Returns how many did not already."""
    with store.change(study_id, person, "withdraw_form_links") as change:
        found = _need_form(change, study_id)
        return form_links.withdraw(change.connection, found.id, list(link_ids))


@needs(Role.RESEARCHER)
def close_form_at(store: Store, person: str, study_id: str, expires_at: str) -> None:
    """Set when the form closes, for every link."""
    need_end(expires_at)
    with store.change(study_id, person, "close_form_at") as change:
        form_links.close_at(change.connection, _need_form(change, study_id).id, expires_at)


def _in_use(connection: Connection, study_id: str) -> FormInUse | None:
    made = [row for row in instruments.instruments(connection, study_id) if row["origin"] in ORIGINS]
    row = next((row for row in reversed(made) if row["definition"]), None)
    if row is None:
        return None
    response = schema.response
    count = select(func.count()).select_from(response).where(response.c.instrument_id == row["id"])
    return FormInUse(
        row["id"], row["key"], row["version"], row["origin"], Instrument.from_json(row["definition"]),
        int(connection.scalar(count) or 0),
    )  # fmt: skip


def _need_form(change: Change, study_id: str) -> FormInUse:
    found = _in_use(change.connection, study_id)
    if found is None:
        raise _no_form()
    return found


def _state(person: Row, link: Row | None, instrument: Instrument | None) -> LinkState:
    done = of = 0
    if link is not None and instrument is not None:
        done, of = progress(instrument, read_filled(instrument, link["draft"]))
    return LinkState(
        person["id"], person["key"], person["group_id"] or "", link["id"] if link else "", _state_name(link), done, of,
        link["expires_at"] if link else "", link["changed_at"] if link else "",
    )  # fmt: skip


def _state_name(link: Row | None) -> str:
    if link is None:
        return "none"
    if link["refused_at"]:
        return "refused"
    if link["submitted_at"]:
        return "changed" if link["changed_at"] > link["submitted_at"] else "sent"
    if link["withdrawn_at"]:
        return "withdrawn"
    if link["expires_at"] <= now():
        return "over"
    return "begun" if link["opened_at"] else "new"


def need_end(expires_at: str) -> None:
    """Raises FormProblem for a closing date that is over, or more than a year away."""
    end, today = datetime.fromisoformat(expires_at), datetime.fromisoformat(now())
    if not today < end <= today + LONGEST:
        raise FormProblem(sentence("Choose a closing date that is to come, and within a year. Nothing was changed."))


def _number(version: str) -> int:
    return int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0


def _no_form() -> FormProblem:
    return FormProblem(sentence("This study has no form yet. Take a questionnaire into use first."))
