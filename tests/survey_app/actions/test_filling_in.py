"""An expert fills in a questionnaire by a link: what is kept of it, and what is handed in."""

import pytest
from sqlalchemy import select, update

from survey_app.actions import filling_in
from survey_app.actions.filling_in import FormClosed, NotAgreed
from survey_app.actions.form_links import link_states, make_links, withdraw_links
from survey_app.actions.studies import need_study
from survey_app.store import schema
from survey_app.store.frames import load_frames
from survey_app.store.log import new_id
from tests.survey_app.actions.filled_forms import GOOD, answers_of, code_answer, days, fill_in, rows_of, with_links
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


# ------------------------------------------------------------------ links


def test_the_database_knows_no_token_and_the_log_no_link(store, links):
    kept = rows_of(store, schema.form_link)
    assert len(kept) == 2
    assert not {row["token"] for row in kept} & set(links.values())
    assert all(len(token) >= 43 for token in links.values())
    assert "form_link" not in {event["entity"] for event in rows_of(store, schema.event)}


def test_wrong_withdrawn_and_expired_links_say_the_same(store, study, links):
    first, second = links.values()
    one = next(state for state in link_states(store, study["id"]) if state.state == "new")
    assert withdraw_links(store, "A", study["id"], [one.link_id]) == 1
    with store.writing() as connection:
        connection.execute(update(schema.form_link).where(schema.form_link.c.id != one.link_id)
                           .values(expires_at=days(-1)))  # fmt: skip
    said = set()
    for token in (first, second, "wrong", "", "\x00"):
        with pytest.raises(FormClosed) as refused:
            filling_in.look_up(store, token)
        said.add(str(refused.value))
    assert len(said) == 1


def test_a_new_link_replaces_the_old_one_and_keeps_what_was_filled_in(store, study, links):
    (key, old), *_others = links.items()
    fill_in(store, old, {"tenure": {"answer": "12"}})
    expert = next(state.expert_id for state in link_states(store, study["id"]) if state.expert_key == key)
    ((_key, new),) = make_links(store, "A", study["id"], [expert], days(3))
    with pytest.raises(FormClosed):
        filling_in.look_up(store, old)
    assert filling_in.look_up(store, new).filled.answers == {"tenure": 12.0}


# ------------------------------------------------------------------ drafts


def test_nothing_is_stored_of_whoever_has_not_agreed(store, token):
    for keep in (
        lambda: filling_in.keep_draft(store, token, "page", 1, GOOD),
        lambda: filling_in.keep_page(store, token, GOOD),
        lambda: filling_in.hand_in(store, token),
        lambda: filling_in.withdraw_consent(store, token),
    ):
        with pytest.raises(NotAgreed):
            keep()
    assert [(row["draft"], row["changed_at"]) for row in rows_of(store, schema.form_link)] == [({}, "")] * 2


def test_a_message_that_comes_twice_or_late_is_kept_once(store, token):
    fill_in(store, token, {"tenure": {"answer": "5"}}, seq=1)
    filling_in.keep_draft(store, token, "page", 2, {"tenure": {"answer": "6"}})
    filling_in.keep_draft(store, token, "page", 1, {"tenure": {"answer": "5"}})
    assert filling_in.look_up(store, token).filled.answers == {"tenure": 6.0}
    filling_in.keep_draft(store, token, "other page", 1, {"tenure": {"answer": None}})
    assert filling_in.look_up(store, token).filled.answers == {}


def test_an_old_page_never_overwrites_what_another_one_gave_later(store, token):
    fill_in(store, token, {"tenure": {"answer": "5"}, "role": {"answer": "plan"}}, client="new page")
    old = {"tenure": {"answer": "1"}, "word": {"answer": "green"}}
    newer = filling_in.keep_draft(store, token, "old page", 1, old, {"tenure": 60_000, "word": 60_000})
    assert newer == {"tenure": {"answer": 5.0, "words": {}}}
    assert filling_in.look_up(store, token).filled.answers == {"tenure": 5.0, "role": "plan", "word": "green"}
    assert filling_in.keep_draft(store, token, "old page", 1, old, {"tenure": 61_000, "word": 61_000}) == newer
    assert filling_in.keep_draft(store, token, "old page", 2, {"tenure": {"answer": "7"}}, {"tenure": 0}) == {}
    assert filling_in.look_up(store, token).filled.answers["tenure"] == 7.0


def test_a_page_goes_on_with_its_own_answers_however_late_they_come(store, token):
    fill_in(store, token, {"tenure": {"answer": "5"}})
    assert filling_in.keep_draft(store, token, "page", 2, {"tenure": {"answer": "6"}}, {"tenure": 60_000}) == {}
    assert filling_in.look_up(store, token).filled.answers == {"tenure": 6.0}


def test_a_page_sent_as_a_whole_and_answers_that_were_handed_in_are_newer_than_an_old_page(store, token):
    fill_in(store, token)
    filling_in.keep_page(store, token, {"tenure": {"answer": "8"}})
    assert filling_in.hand_in(store, token) == {}
    ages = {"tenure": 60_000, "why": 60_000}
    newer = filling_in.keep_draft(store, token, "old", 1, {"tenure": {"answer": "1"}, "why": {"answer": ""}}, ages)
    assert (newer["tenure"]["answer"], newer["why"]["answer"]) == (8.0, "Because\nof the trees")


@pytest.mark.parametrize("age", [-5, True, "1", None, float("nan"), float("inf"), [1]], ids=repr)
def test_an_age_that_is_none_is_now(store, token, age):
    fill_in(store, token, {"tenure": {"answer": "5"}}, client="another")
    assert filling_in.keep_draft(store, token, "page", 1, {"tenure": {"answer": "6"}}, {"tenure": age}) == {}


def test_a_draft_is_read_without_trust(store, token):
    fill_in(store, token, {
        "role": {"answer": "mayor"}, "ways": {"answer": ["bus", "bus", 5, "moon"]}, "tenure": {"answer": True},
        "since": {"answer": ["x"]}, "word": {"answer": "a\x00\ud800b\r\n"}, "why": "loose", "agree": {"answer": "p1"},
        "unknown": {"answer": "x"}, "order": {"answer": {"foot": 1}}, "agree.noise": {"answer": "p1", "words": [1]},
    })  # fmt: skip
    assert dict(filling_in.look_up(store, token).filled.answers) == {
        "ways": ["bus"], "word": "ab", "agree.noise": "p1",
    }  # fmt: skip


def test_drafts_are_counted_nowhere(store, study, links):
    key, token = next(iter(links.items()))
    before, sent = len(rows_of(store, schema.event)), len(rows_of(store, schema.response))
    fill_in(store, token)
    assert answers_of(store, study, key) == {}
    assert len(rows_of(store, schema.response)) == sent
    assert len(rows_of(store, schema.event)) == before


# ------------------------------------------------------------------ handing in


def test_what_is_handed_in_stands_in_the_frames(store, study, links):
    key, token = next(iter(links.items()))
    fill_in(store, token)
    assert filling_in.hand_in(store, token) == {}
    assert answers_of(store, study, key) == {
        "role": (1.0, "", False), "tenure": (5.0, "", False), "since": (None, "2024-02-01", False),
        "ways.bus": (1.0, "", False), "ways.tram": (0.0, "", False), "ways.foot": (0.0, "", False),
        "ways.other": (1.0, "By boat", False), "agree.noise": (1.0, "", False), "agree.clean": (None, "", True),
        "order.foot": (1.0, "", False), "order.bus": (2.0, "", False), "mood": (3.0, "", False),
        "word": "green", "why": "Because\nof the trees",
    }  # fmt: skip
    other = list(links)[1]
    assert answers_of(store, study, other) == {}


def test_what_is_not_asked_is_not_handed_in(store, study, links):
    key, token = next(iter(links.items()))
    fill_in(store, token, GOOD | {"role": {"answer": "build"}, "tenure": {"answer": "1"}})
    assert filling_in.hand_in(store, token) == {}
    found = answers_of(store, study, key)
    assert {"role", "tenure"} <= set(found)
    assert not {"since", "mood", "word", "why"} & set(found)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"role": {}}, {"role": "required"}),
        ({"agree.clean": {}}, {"agree.clean": "required"}),
        ({"tenure": {"answer": "many"}}, {"tenure": "number"}),
        ({"tenure": {"answer": "71"}}, {"tenure": "high"}),
        ({"since": {"answer": "31.12.2024"}}, {"since": "date"}),
        ({"ways": {"answer": ["bus", "tram", "foot"]}}, {"ways": "most"}),
        ({"order": {"answer": ["foot", "bus", "tram"]}}, {"order": "most"}),
        ({"why": {"answer": "no"}}, {"why": "constraint"}),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_handed_in(store, study, links, changed, wrong):
    key, token = next(iter(links.items()))
    fill_in(store, token, GOOD | changed)
    assert filling_in.hand_in(store, token) == wrong
    assert answers_of(store, study, key) == {}


def test_answers_can_be_changed_after_they_were_sent(store, study, links):
    key, token = next(iter(links.items()))
    fill_in(store, token)
    filling_in.hand_in(store, token)
    filling_in.keep_draft(store, token, "page", 2, {"tenure": {"answer": "9"}, "why": {"answer": "For the river"}})
    assert answers_of(store, study, key)["tenure"][0] == 5.0
    filling_in.hand_in(store, token)
    found = answers_of(store, study, key)
    assert (found["tenure"][0], found["why"], found["word"]) == (9.0, "For the river", "green")


def test_coded_words_stay_when_others_are_sent(store, study, links):
    key, token = next(iter(links.items()))
    fill_in(store, token)
    filling_in.hand_in(store, token)
    code_answer(store, study, "why")
    filling_in.keep_draft(store, token, "page", 2, {"why": {"answer": "For the river"}, "word": {"answer": "blue"}})
    assert filling_in.hand_in(store, token) == {}
    found = answers_of(store, study, key)
    assert (found["why"], found["word"]) == ("Because\nof the trees", "blue")
    form = filling_in.look_up(store, token)
    assert form.link["draft"]["kept"] == 1
    assert form.filled.answers["why"] == "Because\nof the trees"


@pytest.mark.parametrize("changed", [{"why": {}}, {"tenure": {"answer": "1"}}])
def test_coded_words_that_are_emptied_or_no_longer_asked_stay_and_the_rest_is_sent(store, study, links, changed):
    key, token = next(iter(links.items()))
    fill_in(store, token)
    filling_in.hand_in(store, token)
    code_answer(store, study, "why")
    filling_in.keep_draft(store, token, "page", 2, changed | {"ways": {"answer": ["tram"]}})
    assert filling_in.hand_in(store, token) == {}
    found = answers_of(store, study, key)
    assert (found["why"], found["ways.tram"][0]) == ("Because\nof the trees", 1.0)
    assert filling_in.look_up(store, token).link["draft"]["kept"] == 1


def mark_answer(store, study, item, kind):
    """Leave a trace of work other than a coding on the first answer to an open item."""
    with store.writing() as connection:
        statement = connection.scalar(select(schema.statement.c.id).where(schema.statement.c.question_key == item))
        coder = connection.scalar(select(schema.coder.c.id).where(schema.coder.c.study_id == study["id"]).limit(1))
        told = {"id": new_id()} | {
            "flag": {"statement_id": statement, "coder_id": coder},
            "review": {"statement_id": statement, "coder_id": coder},
            "statement_value": {"statement_id": statement, "coder_id": coder, "attribute": "tone", "value": "calm"},
            "quote_decision": {"statement_id": statement, "decision": "released", "person": "A", "at": days(0)},
            "decision": {"statement_id": statement, "coder_id": coder, "at": days(0), "reason": ""},
            "memo": {"study_id": study["id"], "coder_id": coder, "about": "statement", "about_id": statement,
                     "text": "Look again", "created_at": days(0), "changed_at": days(0)},
        }[kind]  # fmt: skip
        connection.execute(schema.metadata.tables[kind].insert().values(told))


@pytest.mark.parametrize("kind", ["flag", "review", "statement_value", "quote_decision", "decision", "memo"])
def test_words_that_carry_other_work_stay_as_coded_ones_do(store, study, links, kind):
    key, token = next(iter(links.items()))
    fill_in(store, token)
    filling_in.hand_in(store, token)
    mark_answer(store, study, "why", kind)
    filling_in.keep_draft(store, token, "page", 2, {"why": {"answer": "For the river"}, "word": {"answer": "blue"}})
    assert filling_in.hand_in(store, token) == {}
    found = answers_of(store, study, key)
    assert (found["why"], found["word"]) == ("Because\nof the trees", "blue")
    assert len(rows_of(store, schema.metadata.tables[kind])) >= 1
    filling_in.withdraw_consent(store, token)
    assert answers_of(store, study, key) == {"why": "Because\nof the trees"}


@pytest.mark.parametrize("words", ["Because\nof the trees", "For the river", None])
def test_words_that_stayed_after_a_withdrawal_are_there_once_when_all_is_sent_again(store, study, links, words):
    key, token = next(iter(links.items()))
    fill_in(store, token)
    filling_in.hand_in(store, token)
    code_answer(store, study, "why")
    filling_in.withdraw_consent(store, token)
    fill_in(store, token, GOOD | {"why": {"answer": words}})
    assert filling_in.hand_in(store, token) == {}
    with store.reading() as connection:
        said = load_frames(connection, study["id"]).statements
    mine = said[(said["expert_id"] == key) & (said["question_id"] == "why")]
    assert mine["text"].tolist() == ["Because\nof the trees"]
