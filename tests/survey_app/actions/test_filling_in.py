"""An expert fills in a questionnaire by a link: what is kept, what is handed in, what is left when they withdraw."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from survey_app.actions import filling_in
from survey_app.actions.filling_in import FormClosed, NotAgreed
from survey_app.actions.form_links import effects_of, link_states, make_links, use_form, withdraw_links
from survey_app.actions.questionnaire import (
    QuestionnaireProblem,
    present_questionnaires,
    take_out_questionnaire,
)
from survey_app.actions.studies import need_study
from survey_app.store import schema
from survey_app.store.frames import load_frames
from survey_app.store.log import new_id
from survey_app.store.undo import UndoRefused, last_done, turn_back
from tests.survey_app.actions.filled_forms import GOOD, days, fill_in, with_links
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


def answers_of(store, study, key):
    """(value, text, cannot_say) of what an expert has handed in, by item; open answers are their words."""
    with store.reading() as connection:
        frames = load_frames(connection, study["id"])
    own = {item.key for item in EVERYTHING.items}
    closed = frames.answers[frames.answers["expert_id"] == key]
    found = {
        row.item_id: (None if row.value != row.value else row.value, row.text, row.cannot_say)
        for row in closed.itertuples() if row.item_id.split(".")[0] in own
    }  # fmt: skip
    said = frames.statements
    said = said[(said["expert_id"] == key) & said["question_id"].isin(own)]
    return found | dict(zip(said["question_id"], said["text"], strict=True))


def rows_of(store, table):
    with store.reading() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


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


def code_answer(store, study, item):
    """Lay a code on the first answer to an open item."""
    with store.writing() as connection:
        source = connection.execute(select(schema.source).where(schema.source.c.study_id == study["id"],
                                    schema.source.c.key == f"Q-{item}")).mappings().one()  # fmt: skip
        turn = connection.execute(select(schema.turn).where(schema.turn.c.source_id == source["id"])).mappings().first()
        code, coder = (
            connection.scalar(select(table.c.id).where(table.c.study_id == study["id"]).limit(1))
            for table in (schema.code, schema.coder)
        )
        connection.execute(
            schema.coding.insert().values(
                id=new_id(), source_id=source["id"], start=turn["start"], end=turn["end"], code_id=code, coder_id=coder
            )
        )


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
        with pytest.raises(UndoRefused, match="withdrawn consent"):
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
