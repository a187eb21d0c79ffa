"""An expert fills in a questionnaire by a personal link.

Whoever opens a link shows its token, and that is their right to what it leads to; so these actions name no role.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from survey_app.actions import responses
from survey_app.actions.instruments import put_items
from survey_app.language import LANGUAGES
from survey_app.questionnaires.filling import Filled, asked, options_of, read_filled
from survey_app.questionnaires.filling_rules import only_relevant, troubles
from survey_app.questionnaires.handing_in import closed_answers, item_rows, open_answers
from survey_app.questionnaires.instrument import Instrument
from survey_app.questionnaires.moments import Moments, given_at, now_ms, read_moments
from survey_app.store import form_links, schema
from survey_app.store.answers import pack
from survey_app.store.log import Change, Row, Store, fetch, now, open_change
from transcripts.messages import MessageError, sentence

MOST_CHANGES = 500
"""Most answers in one message."""
LONGEST_CLIENT = 64


class FormClosed(MessageError):
    """A link that leads to no questionnaire: wrong, withdrawn, or over. Which of these, nobody is told."""


class NotAgreed(MessageError):
    """Something was to be kept of somebody who has not agreed, or no longer."""


@dataclass(frozen=True)
class Form:
    """What a link leads to: the questionnaire, and what was filled in by it. `page`: where its writer was last."""

    link: Row
    instrument: Instrument
    filled: Filled
    page: str
    moments: Moments = field(default_factory=Moments)

    @property
    def agreed(self) -> bool:
        """Whether the expert has agreed, and not withdrawn it."""
        return bool(self.link["opened_at"])


def look_up(store: Store, token: str) -> Form:
    """What a link leads to. Raises FormClosed."""
    with store.reading() as connection:
        return _form(connection, token)


def agree(store: Store, token: str, language: str) -> None:
    """The expert has agreed: from now on something is stored."""
    with store.writing() as connection:
        form = _form(connection, token)
        if not form.agreed:
            form_links.keep(
                connection, form.link["id"], opened_at=now(), changed_at=now(), refused_at="",
                language=language if language in LANGUAGES else "",
            )  # fmt: skip


def keep_draft(
    store: Store, token: str, client: str, seq: int, changes: Mapping[str, Any], ages: Mapping[str, Any] | None = None
) -> dict[str, dict[str, Any]]:  # fmt: skip
    """Keep answers as they are given, by the keys of items: {"answer": …, "words": {option: …}}; `ages` tell how many
    milliseconds ago each was given on its page. Said twice, by the same client under the same number, they are kept
    once. What another page has given later stays; returned are these newer answers, in the same shape. Raises
    FormClosed and NotAgreed."""
    client = client[:LONGEST_CLIENT]
    with store.writing() as connection:
        form = _agreed(connection, token)
        given = given_at(list(changes)[:MOST_CHANGES], ages or {}, now_ms())
        newer = {key for key in given if form.moments.later_elsewhere(key, client, given[key])}
        seqs = form.link["seqs"]
        if seq > int(seqs.get(client, 0)):
            taken = {key: changes[key] for key in given if key not in newer}
            filled = _with(form.instrument, form.filled, taken)
            moments = form.moments.with_given({key: given[key] for key in taken}, client)
            _keep(connection, form, filled, form.page, moments, seqs=form_links.with_seq(seqs, client, seq))
        return {
            key: {"answer": form.filled.answers.get(key), "words": dict(form.filled.words.get(key, {}))}
            for key in newer
        }  # fmt: skip


def keep_page(
    store: Store, token: str, changes: Mapping[str, Any], *, page: str | None = None, language: str = ""
) -> Form:  # fmt: skip
    """Keep the answers of a whole page, where its writer goes on from there, and in which language they read."""
    with store.writing() as connection:
        form = _agreed(connection, token)
        filled = _with(form.instrument, form.filled, changes)
        told = {"language": language} if language in LANGUAGES else {}
        changed = [key for key in changes if filled.said(key) != form.filled.said(key)]
        moments = form.moments.with_given(dict.fromkeys(changed, now_ms()), "")
        _keep(connection, form, filled, form.page if page is None else page, moments, **told)
        return replace(form, filled=filled, page=form.page if page is None else page)


def hand_in(store: Store, token: str) -> dict[str, str]:
    """Make the draft the expert's answers, in one change and in place of what was handed in before; open answers with
    which the researchers have worked stay as they were. Returns what is in the way, by item, with nothing handed in.
    """
    with store.writing() as connection:
        form = _agreed(connection, token)
        wrong = troubles(form.instrument, form.filled)
        if wrong:
            return wrong
        change = open_change(connection, form.link["study_id"], "", "hand_in_form")
        study = fetch(connection, schema.study, form.link["study_id"])
        instrument = fetch(connection, schema.instrument, form.link["instrument_id"])
        expert = fetch(connection, schema.expert, form.link["expert_id"])
        keys, moved = put_items(change, study["id"], instrument, pd.DataFrame(item_rows(form.instrument)))
        filled = _with_worked(change, form, instrument, keys)
        kept = responses.add_response(
            change, study, instrument, _as_response(form, form.filled, expert, keys, moved)
        )  # fmt: skip
        draft = filled.to_json() | {"page": form.page, "kept": kept, "moments": form.moments.to_json()}
        at = now()
        form_links.keep(connection, form.link["id"], submitted_at=at, changed_at=at, draft=draft)
    return {}


def withdraw_consent(store: Store, token: str) -> None:
    """Take back what was handed in, except open answers with which the researchers have worked, and forget the draft.
    The researchers see that consent was withdrawn."""
    with store.writing() as connection:
        form = _agreed(connection, token)
        if form.link["submitted_at"]:
            change = open_change(connection, form.link["study_id"], "", "withdraw_form_consent")
            instrument = fetch(connection, schema.instrument, form.link["instrument_id"])
            responses.take_back(change, form.link["study_id"], instrument, form.link["expert_id"])
        form_links.keep(
            connection, form.link["id"], draft={}, seqs={}, opened_at="", submitted_at="", changed_at=now(),
            refused_at=now(),
        )  # fmt: skip


def count_staying(store: Store, token: str) -> int:
    """Of whoever has withdrawn consent: how many open answers stay, because researchers have worked with them."""
    with store.reading() as connection:
        link = _form(connection, token).link
        return responses.count_words(connection, link["study_id"], link["instrument_id"], link["expert_id"])


def _form(connection: Any, token: str) -> Form:
    link = form_links.by_token(connection, token)
    if link is None:
        raise closed()
    definition = fetch(connection, schema.instrument, link["instrument_id"])["definition"]
    if not definition:
        raise closed()
    instrument = Instrument.from_json(definition)
    draft = link["draft"]
    return Form(
        link, instrument, read_filled(instrument, draft), str(draft.get("page", "")), read_moments(draft.get("moments"))
    )


def _agreed(connection: Any, token: str) -> Form:
    form = _form(connection, token)
    if not form.agreed:
        raise NotAgreed(sentence("Nothing was stored: agree first. Load the page again."))
    return form


def _with(instrument: Instrument, filled: Filled, changes: Mapping[str, Any]) -> Filled:
    for item in asked(instrument):
        if item.key in changes:
            told = changes[item.key] if isinstance(changes[item.key], dict) else {}
            filled = filled.with_answer(item, options_of(instrument, item), told.get("answer"), told.get("words"))
    return filled


def _keep(connection: Any, form: Form, filled: Filled, page: str, moments: Moments, **more: Any) -> None:
    draft = form.link["draft"] | filled.to_json() | {"page": page, "moments": moments.to_json()}
    if filled != form.filled:
        more["changed_at"] = now()
    form_links.keep(connection, form.link["id"], draft=draft, **more)


def _with_worked(change: Change, form: Form, instrument: Row, keys: Mapping[str, str]) -> Filled:
    """What is filled in, with the words with which the researchers have worked in place of newer ones."""
    worked = responses.worked_words(change, form.link["study_id"], instrument, form.link["expert_id"])
    answers = dict(form.filled.answers)
    for item in asked(form.instrument):
        if (words := worked.get(keys.get(item.key, ""))) is not None:
            answers[item.key] = words
    return replace(form.filled, answers=answers)


def _as_response(
    form: Form, filled: Filled, expert: Row, keys: Mapping[str, str], moved: Mapping[str, Mapping[float, float]]
) -> responses.Filled:  # fmt: skip
    """The draft by the keys and the values that its items have in the study, without what is not asked."""
    proper = only_relevant(form.instrument, filled)
    closed = {}
    for said in closed_answers(form.instrument, proper):
        value = said.value if said.value is None else moved.get(said.item_id, {}).get(said.value, said.value)
        closed[keys[said.item_id]] = pack(value, said.text, cannot_say=said.cannot_say)
    written = {keys[key]: words for key, words in open_answers(form.instrument, proper).items()}
    return responses.Filled(expert["id"], expert["key"], closed, written, 0, now(), form.link["language"])


def closed() -> FormClosed:
    """What is said of every link that is not good."""
    return FormClosed(sentence("This link leads to no questionnaire."))
