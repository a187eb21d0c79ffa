"""Experts and display names: who is who, who is counted, and undoing a wrong merge without losing a coding.

Codings hang on the text, the text on a display name, the name on a person. Merging changes the last link only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from survey_app.actions.groups import add_groups, remove_unused
from survey_app.actions.proposals import guesses_for_waiting
from survey_app.actions.rights import needs
from survey_app.rosters.groups import RosterGroup
from survey_app.rosters.roster import Roster
from survey_app.store import experts as expert_rows
from survey_app.store import schema, sources, studies, undo
from survey_app.store.log import Change, Row, Store, fetch
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, sentence

ROLES = ("expert", "moderator", "assistant", "interpreter", "observer", "unknown")
CONSENTS = ("yes", "after_review", "no", "unknown")
MERGING = ("confirm_speakers",)


class PeopleProblem(MessageError):
    """A roster or a merge that cannot be stored."""


@dataclass(frozen=True, slots=True)
class Merge:
    """One confirmation of who is who: its number, who did it when, and (display name, who it is) of each name."""

    number: int
    person: str
    at: str
    names: tuple[tuple[str, str], ...]


@needs(Role.RESEARCHER)
def import_roster(
    store: Store, person: str, study_id: str, roster: Roster, *, new_groups: Iterable[RosterGroup] = (),
    only_used_groups: bool = False,
) -> int:  # fmt: skip
    """Add the experts of a roster, or renew those whose id is known; returns how many are in the study now.

    `new_groups` are taken into the study first; with `only_used_groups` those that no expert is in leave it. What
    the roster does not say (a consent, a region) stays as it is. Display names that wait get a fresh proposal;
    people of another role are remembered, so that a transcript brought later knows them too.
    """
    with store.change(study_id, person, "import_roster") as change:
        add_groups(change, study_id, new_groups)
        connection = change.connection
        groups = {row["key"]: row for row in studies.groups(connection, study_id)}
        present = {row["key"]: row for row in expert_rows.experts(connection, study_id)}
        new: list[Row] = []
        for entry in roster.people:
            if entry.role != "expert":
                continue
            group = groups.get(entry.group_id)
            if group is None:
                raise PeopleProblem(
                    sentence("The study has no group “{group}” any more. Load the roster again.", group=entry.group_id)
                )
            values: dict[str, Any] = {
                "name": entry.name, "other_names": list(entry.other_names), "group_id": group["id"],
                "level": entry.level or group["level"], "sector": entry.sector or group["sector"],
            }  # fmt: skip
            said = {"region": entry.region, "attributes": dict(entry.attributes)}
            said["consent"] = entry.consent if entry.consent != "unknown" else ""
            if entry.expert_id in present:
                told = {name: value for name, value in said.items() if value}
                change.update(schema.expert, present[entry.expert_id]["id"], **values, **told)
            else:
                position = len(present) + len(new)
                new.append(
                    {"study_id": study_id, "key": entry.expert_id, "position": position, "consent": entry.consent,
                     "region": entry.region, "attributes": dict(entry.attributes)} | values
                )  # fmt: skip
        change.insert(schema.expert, new)
        _remember_others(change, study_id, roster)
        if only_used_groups:
            remove_unused(change, study_id)
        _propose_again(change, study_id)
        return len(present) + len(new)


@needs(Role.RESEARCHER)
def remove_expert(store: Store, person: str, study_id: str, expert_id: str) -> None:
    """Take an expert out whom nothing refers to: no display name and no answer. Who has withdrawn stays, so that the
    next roster does not bring them back."""
    with store.change(study_id, person, "remove_expert") as change:
        expert = fetch(change.connection, schema.expert, expert_id, study_id)
        if expert["withdrawn_at"]:
            raise PeopleProblem(
                sentence(
                    "{key} has withdrawn and stays on the roster, counted nowhere: otherwise the next roster would "
                    "bring them back as if nothing had been said.",
                    key=expert["key"],
                )
            )
        for table in (schema.speaker, schema.response):
            used = change.connection.execute(table.select().where(table.c.expert_id == expert_id)).first()
            if used is not None:
                raise PeopleProblem(
                    sentence(
                        "{key} has display names or answers and stays. Give these to somebody else first.",
                        key=expert["key"],
                    )
                )
        key = schema.pseudonym
        for pseudonym in change.connection.scalars(select(key.c.id).where(key.c.expert_id == expert_id)).all():
            change.update(key, pseudonym, expert_id=None)
        for said in (schema.check_answer, schema.kept_back):  # through the log, so that an undo brings them back
            change.delete(said, list(change.connection.scalars(select(said.c.id).where(said.c.expert_id == expert_id))))
        change.delete(schema.expert, expert_id)


@needs(Role.RESEARCHER)
def confirm_speakers(store: Store, person: str, study_id: str, decisions: Iterable[Row]) -> None:
    """Say who is behind display names: rows of {id, role, expert_key}; one act, one undo.

    A name whose role is "unknown" stays open, unless the row says {confirmed: True}: nobody knows, never counted.
    Raises PeopleProblem, before anything is stored, when an expert is named but unknown or is missing.
    """
    with store.change(study_id, person, "confirm_speakers") as change:
        keys = {row["key"]: row["id"] for row in expert_rows.experts(change.connection, study_id)}
        own = {row["id"] for row in sources.speakers(change.connection, study_id)}
        for decision in decisions:
            role, key = decision["role"], decision.get("expert_key") or ""
            if role not in ROLES:
                raise PeopleProblem(sentence("“{role}” is not a role. Choose one from the list.", role=role))
            if role == "expert" and key not in keys:
                raise PeopleProblem(
                    sentence("“{name}” is marked as an expert: say which one.", name=decision.get("display_name", ""))
                )
            if decision["id"] not in own:
                raise PeopleProblem(
                    sentence("“{name}” is no longer in the study. Load the page again.",
                             name=decision.get("display_name", ""))
                )  # fmt: skip
            change.update(
                schema.speaker, decision["id"], role=role, confirmed=decision.get("confirmed", role != "unknown"),
                expert_id=keys[key] if role == "expert" else None,
            )  # fmt: skip


@needs(Role.RESEARCHER)
def merges(store: Store, study_id: str) -> list[Merge]:
    """Confirmations that can be turned back, newest first."""
    with store.reading() as connection:
        keys = {row["id"]: row["key"] for row in expert_rows.experts(connection, study_id)}
        done = undo.still_done(connection, study_id, MERGING)
    return [Merge(row["id"], row["person"], row["at"], _names(row["events"], keys)) for row in done if row["events"]]


@needs(Role.RESEARCHER)
def undo_merge(store: Store, person: str, study_id: str, number: int | None = None) -> bool:
    """Turn back a confirmation of who is who: the last one, or that of `number`. False: there is nothing to undo.

    Codings stay where they are. Raises PeopleProblem when one of its names has been decided anew since.
    """
    with store.writing() as connection:
        done = [row for row in undo.still_done(connection, study_id, MERGING, limit=1000) if row["events"]]
        wanted = next((row for row in done if number in {None, row["id"]}), None)
        if wanted is None:
            return False
        try:
            undo.turn_back(connection, wanted, person)
        except undo.UndoRefused as refused:
            raise PeopleProblem(
                sentence("One of these names has been decided anew since. Choose the right person in the table.")
            ) from refused
        return True


@needs(Role.RESEARCHER)
def set_consent(store: Store, person: str, study_id: str, consents: dict[str, str]) -> None:
    """Write consent to be quoted by expert id: yes, after_review, no or unknown."""
    with store.change(study_id, person, "set_consent") as change:
        for expert_id, consent in consents.items():
            if consent not in CONSENTS:
                raise PeopleProblem(sentence("“{consent}” is not a kind of consent.", consent=consent))
            fetch(change.connection, schema.expert, expert_id, study_id)
            change.update(schema.expert, expert_id, consent=consent)


@needs(Role.RESEARCHER)
def notices(store: Store, study_id: str) -> list[Message]:
    """What a researcher should know before counting: experts nobody has heard, no moderator among the names."""
    with store.reading() as connection:
        speakers = sources.speakers(connection, study_id, "session")
        people = expert_rows.experts(connection, study_id)
    if not speakers:
        return []
    heard = {row["expert_id"] for row in speakers if row["role"] == "expert"}
    silent = [row["key"] for row in people if row["id"] not in heard]
    found = []
    if silent:
        found.append(
            sentence(
                "Experts without a display name in any session: {keys}. They count in n, as silent.",
                keys=", ".join(silent),
            )
        )
    if not any(row["role"] == "moderator" for row in speakers):
        found.append(sentence("Nobody is marked as the moderator yet; the moderator is never counted."))
    return found


def _names(events: list[Row], keys: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Display names and who they were said to be, each once."""
    after = [event["after"] for event in events]
    return tuple(dict.fromkeys((row["display_name"], keys.get(row["expert_id"] or "", row["role"])) for row in after))


def _remember_others(change: Change, study_id: str, roster: Roster) -> None:
    """Keep who of the roster is no expert; somebody who is one now is forgotten as anything else."""
    known = expert_rows.other_people(change.connection, study_id)
    others = dict(known)
    for entry in roster.people:
        for name in (entry.name, *entry.other_names):
            others.pop(name, None)
            if entry.role != "expert":
                others[name] = entry.role
    if others != known:
        study = fetch(change.connection, schema.study, study_id)
        change.update(schema.study, study_id, choices=dict(study["choices"]) | {"other_people": others})


def _propose_again(change: Change, study_id: str) -> None:
    for row_id, found in guesses_for_waiting(change.connection, study_id).items():
        change.update(schema.speaker, row_id, role=found.role, expert_id=found.expert_id)
