"""What is left of a filled form when an expert takes it back, and when the form has another edition."""

from dataclasses import replace

import pytest

from survey_app.actions import filling_in
from survey_app.actions.filling_in import NotAgreed
from survey_app.actions.form_links import effects_of, link_states, use_form
from survey_app.actions.questionnaire import (
    QuestionnaireProblem,
    present_questionnaires,
    take_out_questionnaire,
)
from survey_app.actions.studies import need_study
from survey_app.store import schema
from survey_app.store.frames import load_frames
from survey_app.store.undo import UndoRefused, last_done, turn_back
from tests.survey_app.actions.filled_forms import GOOD, answers_of, code_answer, fill_in, rows_of, with_links
from tests.survey_app.form.forms import EVERYTHING


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


@pytest.fixture
def links(store, study):
    return with_links(store, study, EVERYTHING)


@pytest.fixture
def token(links):
    return next(iter(links.values()))


# ------------------------------------------------------------------ withdrawing consent


def test_consent_withdrawn_leaves_what_is_coded_and_tells_the_researchers(store, study, links):
    key, token = next(iter(links.items()))
    fill_in(store, token)
    filling_in.hand_in(store, token)
    code_answer(store, study, "why")
    filling_in.withdraw_consent(store, token)
    assert answers_of(store, study, key) == {"why": "Because\nof the trees"}
    state = next(each for each in link_states(store, study["id"]) if each.expert_key == key)
    assert (state.state, state.done) == ("refused", 0)
    assert filling_in.look_up(store, token).link["draft"] == {}
    with pytest.raises(NotAgreed):
        filling_in.keep_draft(store, token, "page", 9, GOOD)


def test_a_withdrawal_cannot_be_undone(store, study, links):
    key, token = next(iter(links.items()))
    fill_in(store, token)
    filling_in.hand_in(store, token)
    filling_in.withdraw_consent(store, token)
    done = next(row for row in rows_of(store, schema.change) if row["verb"] == "withdraw_form_consent")
    with store.writing() as connection:
        assert last_done(connection, study["id"], "", None, [done["verb"]]) is None
        with pytest.raises(UndoRefused, match="An expert has said so"):
            turn_back(connection, done, "A")
    assert answers_of(store, study, key) == {}


def test_consent_withdrawn_before_sending_leaves_nothing(store, study, links):
    token = next(iter(links.values()))
    before = len(rows_of(store, schema.event))
    fill_in(store, token)
    filling_in.withdraw_consent(store, token)
    assert len(rows_of(store, schema.event)) == before
    assert "green" not in str(rows_of(store, schema.form_link))


def test_answers_to_a_scale_that_was_turned_since_are_counted_as_they_read(store, study, links):
    first, second = links
    fill_in(store, links[first])
    filling_in.hand_in(store, links[first])
    mood = EVERYTHING.item("mood")
    turned = replace(mood, options=tuple(
        replace(option, value=4 - option.value) if not option.cannot_say else option for option in mood.options
    ))  # fmt: skip
    use_form(store, "A", study, replace(EVERYTHING, items=tuple(
        turned if item is mood else item for item in EVERYTHING.items
    )), "form")  # fmt: skip
    fill_in(store, links[second])
    assert filling_in.hand_in(store, links[second]) == {}
    assert [answers_of(store, study, key)["mood"][0] for key in links] == [3.0, 3.0]


def state_of(store, study, key):
    return next(each.state for each in link_states(store, study["id"]) if each.expert_key == key)


def test_what_was_sent_and_is_undone_does_not_count_as_sent(store, study, links):
    key, token = next(iter(links.items()))
    fill_in(store, token)
    filling_in.hand_in(store, token)
    assert state_of(store, study, key) == "sent"
    with store.writing() as connection:
        turn_back(connection, last_done(connection, study["id"], "", None, ["hand_in_form"]), "A")
    assert state_of(store, study, key) == "begun"
    assert filling_in.look_up(store, token).link["submitted_at"] == ""
    filling_in.hand_in(store, token)
    assert state_of(store, study, key) == "sent"


def test_a_form_with_links_is_taken_out_only_when_they_may_be_lost(store, study, links):
    fill_in(store, next(iter(links.values())))
    (form,) = [each for each in present_questionnaires(store, study["id"]) if each.filled_in_here]
    assert (form.links, form.drafts) == (2, 1)
    with pytest.raises(QuestionnaireProblem, match="would be lost for good"):
        take_out_questionnaire(store, "A", study, form.key)
    assert len(rows_of(store, schema.form_link)) == 2
    take_out_questionnaire(store, "A", study, form.key, links=True)
    assert not rows_of(store, schema.form_link)


# ------------------------------------------------------------------ another edition


def left_behind(store, study, links):
    """Words with which the researchers have worked, of somebody who has taken everything back."""
    key, token = next(iter(links.items()))
    fill_in(store, token)
    filling_in.hand_in(store, token)
    code_answer(store, study, "why")
    filling_in.withdraw_consent(store, token)
    return key


def item_types(store, study):
    with store.reading() as connection:
        items = load_frames(connection, study["id"]).items
    return dict(zip(items["item_id"], items["type"], strict=True))


def test_a_question_under_which_words_are_kept_outlives_an_edition_without_it(store, study, links):
    key = left_behind(store, study, links)
    fewer = replace(EVERYTHING, items=tuple(item for item in EVERYTHING.items if item.key not in {"why", "word"}))
    (told, *_more) = map(str, effects_of(store, study["id"], fewer))
    assert "no longer asked; what was answered to them stays: " in told
    use_form(store, "A", study, fewer, "form")
    types = item_types(store, study)
    assert types["why"] == "open"
    assert "word" not in types
    assert answers_of(store, study, key) == {"why": "Because\nof the trees"}


def test_an_edition_that_asks_something_else_where_words_are_kept_is_refused(store, study, links):
    left_behind(store, study, links)
    other = replace(EVERYTHING, items=tuple(
        replace(item, kind="numeric", long=False) if item.key == "why" else item for item in EVERYTHING.items
    ))  # fmt: skip
    assert "Give them new names in the file." in str(effects_of(store, study["id"], other)[-1])
    with pytest.raises(QuestionnaireProblem, match="has another type"):
        use_form(store, "A", study, other, "form")
    assert item_types(store, study)["why"] == "open"


def test_a_draft_keeps_what_fits_the_next_edition(store, study, token):
    fill_in(store, token)
    fewer = tuple(item for item in EVERYTHING.items if item.key not in {"word", "since"})
    use_form(store, "A", study, replace(EVERYTHING, items=fewer), "form")
    kept = filling_in.look_up(store, token).filled.answers
    assert "word" not in kept
    assert (kept["tenure"], kept["ways"]) == (5.0, ["bus", "other"])
