"""The coding desk's page: what it sends to the browser, to whom, and what it answers."""

import json
import re
from dataclasses import replace
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest

from survey_app.actions.codebook import archive_code
from survey_app.actions.desk_paper import open_book, open_desk
from survey_app.actions.desk_terms import Terms
from survey_app.actions.recordings import attach_recording, shift_recording
from survey_app.actions.studies import create_study, need_study
from survey_app.components.desk import OnDesk, answer
from survey_app.components.desk.book import open_pages
from survey_app.components.desk.sheet import clock, lay_out
from survey_app.components.desk.sound import sound_of
from survey_app.components.desk.words import words as desk_words
from survey_app.language import use
from survey_app.settings import settings
from survey_app.store import codes as code_rows
from survey_app.store import sources, studies
from survey_app.store.log import Store
from tests.survey_app.media.samples import wav
from tests.survey_app.pages.opening import open_page, russian, sound, words

CODING = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def lying(store):
    return lying_for(store, "C")


@pytest.fixture
def sheet(lying):
    return lying.sheet


def lying_for(store, coder, source="S-A"):
    sheet = sheet_of(store, coder, source)
    return OnDesk(sheet, open_pages(open_book(store, sheet.desk)))


def sheet_of(store, coder, source="S-A"):
    study = need_study(store, "demo-en")
    with store.reading() as connection:
        found = next(row for row in sources.sources(connection, study["id"]) if row["key"] == source)
        who = next(row for row in studies.coders(connection, study["id"]) if row["key"] == coder)
    return lay_out(open_desk(store, study, found["id"], who))


def open_address(**query):
    app = open_page("home", "demo-en")
    for name, value in query.items():
        app.query_params[name] = value
    return sound(app.switch_page("pages/desk.py").run())


def sent(app):
    """What the page hands to the component."""
    return json.loads(app.get("bidi_component")[0].proto.json)


def code_of(store, short):
    with store.reading() as connection:
        found = code_rows.codes(connection, need_study(store, "demo-en")["id"])
    return next(row["id"] for row in found if row["short"] == short)


def adding(store, seq=1, short="P01", **more):
    return {"client": "tab", "seq": seq, "do": "add", "coding": CODING, "code": code_of(store, short),
            "start": 0, "end": 9, "statements": []} | more  # fmt: skip


def message(lying, *operations, revision=0, n="tab:1"):
    return {"client": "tab", "n": n, "have": lying.sheet.hash, "book": lying.pages.hash, "revision": revision,
            "terms": Terms(None, True, None, (), False).word, "out": list(operations)}  # fmt: skip


def told(store, lying, sent):
    """What a message is answered with."""
    return answer(store, lying, sent)[0]


def test_a_study_without_a_text_says_what_to_do_in_both_languages(fresh_store):
    create_study(fresh_store, "", title_en="Panel")
    assert "Bring in the transcript of a session first." in words(open_page("desk", "panel"))
    assert russian("Bring in the transcript of a session first.") in words(open_page("desk", "panel", "ru"))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_text_and_the_words_of_the_desk_are_sent_in_the_language_of_the_screen(store, language):
    data = sent(open_page("desk", f"demo-{language}", language))
    doc = data["doc"]
    assert doc["words"]["language"] == doc["language"] == language
    assert doc["words"]["saved"] == (russian("Saved") if language == "ru" else "Saved")
    assert "102" in doc["words"]["progress"]
    assert "{k}" in doc["words"]["progress"]
    assert len(doc["statements"]) == 102
    assert {code["label_ru"] for code in data["book"]["codes"]} > {"Недостаточная квалификация служащих"}


def test_a_coder_is_sent_their_own_codings_and_nobody_elses(store):
    app = open_page("desk", "demo-en")
    own = {}
    for coder in ("A", "C"):
        app.selectbox[1].set_value(coder)
        sound(app.run())
        own[coder] = {coding["id"] for coding in sent(app)["codings"]}
        assert app.query_params["coder"] == coder
    assert len(own["C"]) == 46
    assert not own["A"] & own["C"]


def test_the_address_says_which_text_and_who_codes(store):
    app = open_address(coder="B", source="S-C")
    assert [box.value for box in app.selectbox] == ["S-C", "B"]


def test_a_text_or_coder_that_is_not_there_falls_back_to_the_first(store):
    app = open_address(coder="Z", source="gone")
    assert [box.value for box in app.selectbox] == ["S-A", "A"]


def test_a_new_coder_begins_at_once_and_empty(store):
    app = open_page("desk", "demo-en")
    app.text_input(key="new-coder").set_value("Dora")
    next(button for button in app.button if button.label == "Add a coder").click()
    sound(app.run())
    assert app.selectbox[1].value == "D"
    assert sent(app)["codings"] == []


def test_the_text_travels_once_and_what_follows_is_small(store, lying):
    first = told(store, lying, None)
    assert first["doc"] is lying.sheet.doc
    later = told(store, lying, message(lying, adding(store), revision=first["revision"]))
    assert later["doc"] is None
    assert later["codings"] is None
    assert later["done"] == [("tab", 1)]
    assert [change["coding"]["start"] for change in later["changes"]] == [0]
    assert len(json.dumps(later)) < 1_000


def test_a_code_added_in_the_desk_comes_with_the_answer_and_may_be_used_at_once(store, lying):
    first = told(store, lying, None)
    assert first["book"]["hash"] == lying.pages.hash
    parent = next(code["id"] for code in lying.pages.words["codes"] if code["key"] == "prob")
    making = {"client": "tab", "seq": 1, "do": "code", "code": CODING, "parent": parent, "label": "Старые карты"}
    using = adding(store, seq=2) | {"code": CODING}
    said, newest = answer(store, lying, message(lying, making, using, revision=first["revision"]))
    assert said["refused"] == []
    assert said["doc"] is None
    made = next(code for code in said["book"]["codes"] if code["id"] == CODING)
    assert (made["label_ru"], made["usable"]) == ("Старые карты", True)
    assert told(store, newest, message(newest, revision=said["revision"]))["book"] is None


def test_flags_values_and_memos_travel_as_marks(store, lying):
    first = told(store, lying, None)
    statement = lying.sheet.doc["statements"][0]["id"]
    sending = [
        {"client": "tab", "seq": 1, "do": "flag", "about": statement, "text": "1"},
        {"client": "tab", "seq": 2, "do": "value", "about": statement, "label": "modality", "text": "fact"},
        {"client": "tab", "seq": 3, "do": "memo", "about": statement, "label": "statement", "text": "Ask her again."},
    ]
    said = told(store, lying, message(lying, *sending, revision=first["revision"]))
    marks = [(mark["kind"], mark["name"], mark["text"]) for mark in said["marks"]]
    assert marks == [("flag", "", "1"), ("value", "modality", "fact"), ("memo", "statement", "Ask her again.")]
    whole = told(store, lying, None)
    assert sorted(mark["kind"] for mark in whole["marks"]) == ["flag", "memo", "value"]
    other = told(store, lying_for(store, "A"), None)
    theirs = {(mark["kind"], mark["name"]) for mark in other["marks"] if mark["about"] == statement}
    assert not theirs & {("flag", ""), ("value", "modality"), ("memo", "statement")}


def test_a_browser_that_lost_the_text_gets_all_of_it_again(store, lying):
    again = told(store, lying, message(lying) | {"have": None})
    assert again["doc"] is lying.sheet.doc
    assert len(again["codings"]) == 46


def test_a_browser_that_knows_more_than_a_restored_database_starts_over(store, lying):
    assert len(told(store, lying, message(lying, revision=10**9))["codings"]) == 46


def test_a_message_repeated_by_a_new_session_changes_nothing(store, lying):
    said = message(lying, adding(store), revision=told(store, lying, None)["revision"])
    first, second = told(store, lying, said), told(store, lying, said)
    assert first == second


def test_a_corrected_text_comes_with_the_answer_and_the_codings_on_it(store, lying):
    first = told(store, lying, None)
    words = lying.sheet.doc["turns"][0]["text"] + " Indeed."
    correcting = {"client": "tab", "seq": 1, "do": "correct", "turn": 0, "text": words, "revision": 0}
    said, newest = answer(store, lying, message(lying, correcting, revision=first["revision"]))
    assert said["refused"] == []
    assert said["doc"]["turns"][0]["text"] == words
    assert said["doc"]["revision"] == 1
    assert len(said["codings"]) == 46
    assert newest.sheet.hash == said["hash"] != lying.sheet.hash
    later = told(store, newest, message(newest, revision=said["revision"]))
    assert later["doc"] is later["codings"] is None


def test_a_statement_that_another_coder_split_comes_with_the_next_answer(store, lying):
    row = lying.sheet.doc["statements"][1]
    other = lying_for(store, "A")
    splitting = {"client": "other", "seq": 1, "do": "split", "statements": [row["id"]],
                 "start": (row["start"] + row["end"]) // 2, "revision": 0}  # fmt: skip
    assert told(store, other, message(other, splitting))["refused"] == []
    heard = told(store, lying, message(lying, adding(store)))
    assert len(heard["doc"]["statements"]) == 103


def test_a_recording_comes_with_every_answer_under_an_address_that_names_nobody(store, lying):
    assert told(store, lying, None)["recording"] is None
    desk = lying.sheet.desk
    attach_recording(store, "A", desk.study_id, desk.source_id, "Anna.wav", BytesIO(wav(0.1)))
    shift_recording(store, "A", desk.study_id, desk.source_id, -2.5)
    heard = told(store, lying, message(lying))["recording"]
    assert (heard["picture"], heard["shift"]) == (False, -2.5)
    assert re.fullmatch(rf"/recording/{heard['id']}\?token=[\w-]+", heard["url"])
    assert told(store, lying_for(store, "C", "S-B"), None)["recording"] is None


def test_statements_and_turns_bring_their_times(store, lying):
    with store.reading() as connection:
        times = [row["start_s"] for row in sources.statements(connection, lying.sheet.desk.source_id)]
    assert [row["at"] for row in lying.sheet.doc["statements"]] == times
    assert all(times)
    assert lying.sheet.doc["turns"][0]["at"] == 193.68


def test_a_text_that_has_gone_meanwhile_has_no_recording(lying):
    gone = replace(lying.sheet.desk, source_id=CODING)
    assert sound_of(Store(settings().database), gone) is None


@pytest.mark.parametrize("nonsense", ["text", [1], {"out": "x", "have": 3, "revision": "y"}, {"out": [None, {}]}])
def test_nonsense_from_a_browser_is_answered_with_the_text(store, lying, nonsense):
    assert told(store, lying, nonsense)["doc"] is lying.sheet.doc


def test_a_refusal_is_told_in_the_language_of_the_screen(store, lying):
    archive_code(store, "A", lying.sheet.desk.study_id, code_of(store, "P02"), archived=True)
    operation = adding(store) | {
        "code": next(code["id"] for code in lying.pages.words["codes"] if code["short"] == "P02")
    }
    with use("ru"):
        refused = told(store, lying, message(lying, operation))["refused"]
    sentence = "This code is no longer in use in the codebook. Load the page again and choose another."
    assert refused == [{"client": "tab", "seq": 1, "text": russian(sentence)}]


def test_codes_out_of_use_and_roots_are_shown_but_not_offered(store):
    archive_code(store, "A", need_study(store, "demo-en")["id"], code_of(store, "P03"), archived=True)
    offered = {code["key"]: code["usable"] for code in lying_for(store, "A").pages.words["codes"]}
    assert not offered["prob"]
    assert not next(usable for key, usable in offered.items() if key == "prob.unready")
    assert sum(offered.values()) == len(offered) - 6 - 1


def test_the_desk_of_another_coder_text_or_language_is_another_sheet(store):
    hashes = {sheet_of(store, "A").hash, sheet_of(store, "B").hash, sheet_of(store, "A", "S-B").hash}
    with use("ru"):
        hashes.add(sheet_of(store, "A").hash)
    assert len(hashes) == 4
    assert sheet_of(store, "A").hash in hashes


@pytest.mark.parametrize(
    ("seconds", "kind", "shown"),
    [(0.0, "offset", "0:00"), (185.9, "offset", "3:05"), (3785.0, "offset", "1:03:05"), (50585.0, "wall", "14:03:05"),
     (90000.0, "wall", "01:00:00"), (None, "none", "")],
)  # fmt: skip
def test_times_are_shown_as_a_reader_says_them(seconds, kind, shown):
    assert clock(seconds, kind) == shown


def test_every_word_that_the_browser_shows_is_sent_and_every_word_sent_is_shown():
    assets = Path(str(files("survey_app") / "components" / "desk" / "assets"))
    used = {word for file in assets.glob("*.js") for word in re.findall(r"\bwords\.(\w+)", file.read_text("utf-8"))}
    assert used == set(desk_words("en", 2))
