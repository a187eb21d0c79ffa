"""The page “De-identification”: the queue, the texts, the words as readers would see them, the key."""

import pytest
from sqlalchemy import update

from survey_app.actions import identifying
from survey_app.actions.quotes import quotable
from survey_app.actions.results import Layer
from survey_app.actions.review_queue import review_queue
from survey_app.actions.review_state import text_states
from survey_app.actions.reviewing import ask_second_signature
from survey_app.actions.studies import create_study, need_study
from survey_app.language import use
from survey_app.store import schema
from tests.survey_app.jobs.watching import ended
from tests.survey_app.pages.opening import button, open_page, press, russian, sound, words


@pytest.fixture(params=["en", "ru"])
def undecided(store, request):
    """A language and the demo in it, looked through, with nothing decided yet."""
    study = need_study(store, f"demo-{request.param}")
    with store.writing() as connection:
        connection.execute(update(schema.pseudonym).values(level=""))
        connection.execute(update(schema.deidentification).values(finished_at="", finished_by=""))
    with store.change(study["id"], "", "forget"):
        pass
    with use(request.param):  # the tests name options as the screen does
        yield request.param, study


def said(language, text, **values):
    return russian(text, **values) if language == "ru" else text.format(**values)


def choose(app, key, value):
    next(one for one in app.button_group if one.key == key).set_value(value)
    return sound(app.run())


@pytest.mark.usefixtures("empty_folder")
def test_before_there_is_a_text_the_page_says_where_to_begin(fresh_store):
    create_study(fresh_store, "", title_en="Panel", slug="panel")
    assert "Nothing to look through yet" in words(open_page("deidentify", "panel"))


def test_the_first_card_is_decided_and_the_next_one_comes_up(store, undecided):
    language, study = undecided
    app = open_page("deidentify", study["slug"], language)
    first = review_queue(store, study["id"])[0]
    assert first.risk == 1
    assert first.name in words(app)
    sound(app.button(key=f"general-{first.pseudonym_id}").click().run())
    assert review_queue(store, study["id"])[0].level == "general"
    assert first.name not in [one.value.split("**")[1] for one in app.markdown if one.value.startswith("**")]
    sound(app.button(key="deidentify-undo").click().run())
    assert review_queue(store, study["id"])[0].level == ""


def test_keys_are_told_of_only_where_the_cards_wait(undecided):
    language, study = undecided
    app = open_page("deidentify", study["slug"], language)
    assert app.button(key="deidentify-undo").proto.shortcut == "0"
    app = choose(app, "deidentify-shown", "done")
    assert app.button(key="deidentify-undo").proto.shortcut == ""


def test_a_card_that_is_put_off_comes_last(store, undecided):
    language, study = undecided
    app = open_page("deidentify", study["slug"], language)
    first, second = review_queue(store, study["id"])[:2]
    sound(app.button(key=f"later-{first.pseudonym_id}").click().run())
    keys = [one.key for one in app.button if (one.key or "").startswith("later-")]
    assert keys[0] == f"later-{second.pseudonym_id}"
    assert f"later-{first.pseudonym_id}" not in keys


def test_everything_that_fits_the_choices_is_decided_at_once_and_texts_are_finished(store, undecided):
    language, study = undecided
    app = open_page("deidentify", study["slug"], language)
    app.selectbox(key="deidentify-kind").set_value("position")
    sound(app.run())
    sound(app.button(key="deidentify-many-go").click().run())
    levels = {card.kind: card.level for card in review_queue(store, study["id"])}
    assert (levels["position"] in {"general", "kept"}, levels["person"]) == (True, "")
    app.selectbox(key="deidentify-kind").set_value("")
    sound(app.run())
    sound(app.button(key="deidentify-many-go").click().run())
    choose(app, "deidentify-view", "texts")
    sound(app.button(key="deidentify-finish").click().run())
    assert {each.state for each in text_states(store, study["id"])} == {"finished"}


def test_words_of_ones_own_stand_within_the_brackets(store):
    study = need_study(store, "demo-en")
    app = open_page("deidentify", "demo-en")
    choose(app, "deidentify-shown", "all")
    card = review_queue(store, study["id"])[0]
    sound(app.button(key=f"more-{card.pseudonym_id}").click().run())
    next(one for one in app.text_input if "in English" in one.label).set_value("the moderator")
    press(app, "Use these words")
    assert "[the moderator]" in words(app)
    own = next(one for one in app.selectbox if one.key == f"own-{card.places[0].id}")
    own.set_value("kept")
    sound(app.run())
    assert review_queue(store, study["id"])[0].places[0].own_level == "kept"


def test_what_was_missed_is_marked_by_hand(store):
    study = need_study(store, "demo-en")
    app = open_page("deidentify", "demo-en")
    choose(app, "deidentify-view", "read")
    statement = next(row for row in _statements(store, study) if "typists" in row["text"])
    app.selectbox(key="mark-statement").set_value(statement["statement_id"])
    next(one for one in app.text_input if one.label == "Words as they stand in it").set_value("typists")
    press(app, "Mark")
    assert "[Person" in words(app)
    assert next(card for card in review_queue(store, study["id"]) if "typists" in card.written).undecided == 1


def _statements(store, study):
    from survey_app.actions.results import frames_of

    return frames_of(store, study["id"]).statements.to_dict("records")


def test_the_one_who_has_finished_a_review_cannot_sign_it(store):
    study = need_study(store, "demo-en")
    ask_second_signature(store, "", study["id"], True)
    app = choose(open_page("deidentify", "demo-en"), "deidentify-view", "texts")
    assert all(one.disabled for one in app.button if one.label == "Sign")
    assert "who finished these. Somebody else signs: choose who you are on the Coding desk." in words(app)
    assert "Coding desk" in [one.proto.label for one in app.get("page_link")]
    finished = [each for each in text_states(store, study["id"]) if each.state == "finished"]
    assert len(finished) == len([one for one in app.button if one.label == "Sign"]) == 12
    app.session_state[f"coder of {study['id']}"] = _second_coder(store, study)
    sound(app.run())
    assert "Somebody else signs" not in words(app)
    sound(app.button(key=f"sign-{finished[0].source_id}").click().run())
    assert text_states(store, study["id"])[0].signed_by == "B"


def _second_coder(store, study):
    from survey_app.store import studies

    with store.reading() as connection:
        return next(row["id"] for row in studies.coders(connection, study["id"]) if row["key"] == "B")


def test_texts_are_looked_through_in_the_worker(store):
    study = need_study(store, "demo-ru")
    with store.writing() as connection:
        for table in (schema.identifying, schema.pseudonym, schema.deidentification):
            connection.execute(table.delete())
    app = open_page("deidentify", "demo-ru", "ru")
    with use("ru"):
        press(app, russian("Look through"))
    assert ended(identifying.job_key(study)).status == "done"
    found = review_queue(store, study["id"])
    assert sum(len(card.places) for card in found) > 100
    assert next(card for card in found if card.expert and "Павлом" in card.written)


def test_small_letters_alone_are_warned_of(store):
    with store.writing() as connection:
        source = connection.execute(schema.source.select().where(schema.source.c.key == "S-C")).mappings().first()
        connection.execute(
            update(schema.deidentification).values(mostly_lower=True)
            .where(schema.deidentification.c.source_id == source["id"])
        )  # fmt: skip
    app = open_page("deidentify", "demo-en")
    warned = [one.value for one in app.warning if "small letters" in one.value]
    assert len(warned) == (1 if source["study_id"] == need_study(store, "demo-en")["id"] else 0)


def test_the_quotes_page_shows_words_as_they_will_appear(store):
    study = need_study(store, "demo-en")
    labelled = [row for row in quotable(store, study, Layer("adjudicated")) if row["cuts"]]
    app = open_page("quotes", "demo-en")
    shown = next(row for row in labelled if row["consent"] == "yes" and row["decision"] == "")
    assert shown["text"].split("[")[1].split("]")[0] in words(app)
    assert shown["said"][:60] not in " ".join(one.value for one in app.caption)
    app.toggle(key="quotes-original").set_value(True)
    sound(app.run())
    assert "Said:" in words(app)
    assert button(app, "Release")
