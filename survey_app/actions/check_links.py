"""Experts' own check as its researchers have it: whose links there are, how far each is, what is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from survey_app.actions.expert_answers import OFFERED, REQUIRED, is_current
from survey_app.actions.form_links import need_end
from survey_app.actions.own_check import asked_quotes
from survey_app.actions.rights import needs
from survey_app.publishing.methods import date_before_stop
from survey_app.store import check_links, schema
from survey_app.store import experts as expert_rows
from survey_app.store.log import Row, Store, fetch, now
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, counted, sentence

_WAITING = {"new", "opened", "begun"}
"""States of links by which an answer may still come."""


class CheckProblem(MessageError):
    """Links that cannot be made, or a wording that cannot be taken."""


@dataclass(frozen=True, slots=True)
class CheckState:
    """How far an expert is: `done` of the `of` quotes that they are asked about. `state`: none, new, opened, begun,
    answered, withdrawn, over."""

    expert_id: str
    expert_key: str
    group_id: str
    link_id: str
    state: str
    done: int
    of: int
    made_at: str
    expires_at: str
    answered_at: str


@needs(Role.RESEARCHER)
def check_states(store: Store, study_id: str) -> list[CheckState]:
    """Everybody who takes part, with how far they are."""
    with store.reading() as connection:
        study = fetch(connection, schema.study, study_id)
        people = expert_rows.taking_part(connection, study_id)
        links = check_links.of_study(connection, study_id)
        rows = asked_quotes(store, connection, study)
    of = Counter(row["expert_id"] for row in rows)
    done = Counter(row["expert_id"] for row in rows if is_current(row))
    return [_state(person, links.get(person["id"]), done[person["key"]], of[person["key"]]) for person in people]


@needs(Role.RESEARCHER)
def unanswered_links(store: Store, study: Row) -> list[Message]:
    """That experts have links by which they may still say something of their quotes, and since when."""
    waiting = [each for each in check_states(store, study["id"]) if each.state in _WAITING and each.done < each.of]
    if not waiting:
        return []
    return [
        counted(
            "{count} expert has a personal link and has not yet answered about all their quotes; it was made on "
            "{date}. What is answered after a publication counts for the next one.",
            "{count} experts have personal links and have not yet answered about all their quotes; the oldest was made "
            "on {date}. What is answered after a publication counts for the next one.",
            len(waiting), date=date_before_stop(min(each.made_at for each in waiting)),
        )
    ]  # fmt: skip


@needs(Role.RESEARCHER)
def make_check_links(
    store: Store, person: str, study_id: str, expert_ids: Sequence[str], expires_at: str
) -> list[tuple[str, str]]:  # fmt: skip
    """Make a link for each of these experts; returns (the expert's key, token), which is not kept. Older links of
    theirs lead nowhere from then on; what they have answered stays, and can be changed again."""
    need_end(expires_at)
    with store.change(study_id, person, "make_check_links") as change:
        people = {row["id"]: row["key"] for row in expert_rows.taking_part(change.connection, study_id)}
        if set(expert_ids) - set(people) or not expert_ids:
            raise CheckProblem(sentence("Choose experts of this study. No link was made."))
        wanted = [one for one in people if one in set(expert_ids)]
        return [(people[one], check_links.give(change.connection, study_id, one, expires_at)) for one in wanted]


@needs(Role.RESEARCHER)
def withdraw_check_links(store: Store, person: str, study_id: str, link_ids: Sequence[str]) -> int:
    """Let links lead nowhere; what was answered stays. Returns how many did not already."""
    with store.change(study_id, person, "withdraw_check_links") as change:
        return check_links.withdraw(change.connection, study_id, list(link_ids))


@needs(Role.RESEARCHER)
def close_check_at(store: Store, person: str, study_id: str, expires_at: str) -> None:
    """Set when the check closes, for every link."""
    need_end(expires_at)
    with store.change(study_id, person, "close_check_at") as change:
        check_links.close_at(change.connection, study_id, expires_at)


@needs(Role.RESEARCHER)
def choose_own_check(store: Store, person: str, study_id: str, *, required: bool, everything: bool) -> None:
    """Say whether quotes need their expert's own word, and whether experts see undecided quotes too."""
    with store.change(study_id, person, "choose") as change:
        study = fetch(change.connection, schema.study, study_id)
        told = {"own_check": REQUIRED if required else OFFERED, "own_check_all": everything}
        change.update(schema.study, study_id, choices=dict(study["choices"]) | told)


def _state(person: Row, link: Row | None, done: int, of: int) -> CheckState:
    return CheckState(
        person["id"], person["key"], person["group_id"] or "", link["id"] if link else "",
        _state_name(link, done, of), done, of,
        *((link["created_at"], link["expires_at"], link["answered_at"]) if link else ("", "", "")),
    )  # fmt: skip


def _state_name(link: Row | None, done: int, of: int) -> str:
    if link is None:
        return "none"
    if link["withdrawn_at"]:
        return "withdrawn"
    if of and done == of:
        return "answered"
    if link["expires_at"] <= now():
        return "over"
    if done:
        return "begun"
    return "opened" if link["opened_at"] else "new"
