"""The codebook on screen: what a code means, and how it is changed, moved, merged, split and put away."""

import json

import pytest

from survey_app import session
from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.code_merging import merge_codes
from survey_app.actions.codebook import change_code
from survey_app.actions.codebook_undo import undo_codebook
from survey_app.actions.codebook_versions import versions
from survey_app.actions.studies import create_study, need_study
from survey_app.components import codebook_editor
from survey_app.components.codebook_tree import Act, lay_out
from survey_app.store import codebooks, codes, schema, sources, studies
from survey_app.store.log import now
from tests.survey_app.actions.conftest import TEXT
from tests.survey_app.pages.opening import button, open_page, press, problems, russian, sound, words


@pytest.fixture
def study(fresh_store):
    return create_study(fresh_store, "", title_en="Panel")


def codebook(store, study):
    with store.reading() as connection:
        return {row["key"]: row for row in codes.codes(connection, study["id"], archived=True)}


def field(app, label):
    return next(one for one in [*app.text_input, *app.text_area] if one.label == label)


def form(app, label):
    """A field of the form of the chosen code: the form for a new one has two of the same name."""
    return [one for one in [*app.text_input, *app.text_area] if one.label == label][-1]


def select(app, label):
    return next(one for one in app.selectbox if one.label == label)


def choose(app, store, study, key):
    app.session_state[f"chosen code of {study['id']}"] = codebook(store, study)[key]["id"]
    return sound(app.run())


def open_code(store, study, key, language="en"):
    return choose(open_page("codebook", study["slug"], language), store, study, key)


def sent(app):
    """What the page hands to the tree."""
    return json.loads(app.get("bidi_component")[0].proto.json)


@pytest.mark.usefixtures("data_folder")
def test_the_tree_holds_every_code_with_what_it_needs_to_show(store):
    app = open_page("codebook", "demo-en")
    told = sent(app)
    found = codebook(store, need_study(store, "demo-en"))
    assert [code["id"] for code in told["codes"]] == [row["id"] for row in found.values()]
    skills = next(code for code in told["codes"] if code["short"] == "P01")
    assert (skills["label"], skills["codings"], skills["missing"]) == ("Skills shortage among officials", 46, [])
    assert told["chosen"] == skills["id"]
    assert app.header[0].value.replace("\\", "") == "P01 Skills shortage among officials"
    assert "46 codings" in words(app)


@pytest.mark.usefixtures("data_folder")
def test_in_russian_tree_and_page_are_russian(store):
    app = open_page("codebook", "demo-ru", "ru")
    code = codebook(store, need_study(store, "demo-ru"))["prob.skills"]
    assert app.title[0].value == russian("Codebook")
    assert code["label_ru"] in app.header[0].value.replace("\\", "")
    assert code["label_ru"] in [one["label"] for one in sent(app)["codes"]]


def test_what_is_said_in_one_language_alone_is_marked(fresh_store, study):
    row = codebook(fresh_store, study)["prob.funding"]
    change_code(fresh_store, "A", study["id"], row["id"], definition_ru="", label_en="")
    told = lay_out([codebook(fresh_store, study)["prob.funding"]], None)
    assert told["codes"][0]["missing"] == ["en", "ru"]
    app = open_code(fresh_store, study, "prob.funding")
    assert "Missing in Russian: definition" in words(app)
    assert "Missing in English: name" in words(app)
    assert form(app, "Definition in Russian").placeholder == "Translation missing"


def test_every_field_of_a_code_is_changed(fresh_store, study):
    app = open_code(fresh_store, study, "prob.funding")
    form(app, "Name in English").set_value("No money")
    form(app, "Definition in English").set_value("Too little of it.")
    form(app, "When not to use in Russian").set_value("Никогда.")
    form(app, "Short name").set_value("MONEY")
    app.color_picker[0].set_value("#123456")
    select(app, "Opposite").set_value("enab.simplify")
    app.multiselect[-1].set_value(["001"])
    press(app, "Save")
    code = codebook(fresh_store, study)["prob.funding"]
    assert (code["label_en"], code["definition_en"], code["colour"]) == ("No money", "Too little of it.", "#123456")
    assert (code["avoid_ru"], code["short"], code["literature"]) == ("Никогда.", "MONEY", ["001"])
    assert codebook(fresh_store, study)["enab.simplify"]["counterpart"] == "prob.funding"


def test_a_name_that_is_taken_is_refused_with_a_sentence(fresh_store, study):
    app = open_code(fresh_store, study, "prob.funding")
    form(app, "Name in English").set_value("Skills shortage among officials")
    press(app, "Save")
    assert problems(app) == ["There is already a code named “Skills shortage among officials”."]
    assert form(app, "Name in English").value == "Skills shortage among officials"


def test_an_undo_shows_in_the_form_at_once(fresh_store, study):
    app = open_code(fresh_store, study, "prob.funding")
    before = form(app, "Name in English").value
    form(app, "Name in English").set_value("No money")
    press(app, "Save")
    assert "Last change: a code was changed" in words(app)
    press(app, "Undo")
    assert form(app, "Name in English").value == before
    press(app, "Do again")
    assert form(app, "Name in English").value == "No money"


def test_a_code_is_added_below_the_chosen_place(fresh_store, study):
    app = open_page("codebook", "panel")
    select(app, "Below").set_value(codebook(fresh_store, study)["enab"]["id"])
    field(app, "Name in English").set_value("Weather")
    press(app, "Add code")
    assert codebook(fresh_store, study)["enab.weather"]["parent_key"] == "enab"
    assert "Weather" in app.header[0].value


def act(app, text):
    """Press the button that says so and no more: what begins an act ends in dots."""
    return sound(next(one for one in app.button if one.label == text).click().run())


def test_a_code_is_moved_after_a_look_at_what_it_means(fresh_store, study):
    app = press(open_code(fresh_store, study, "prob.funding"), "Move…")
    sound(select(app, "Move below").set_value(codebook(fresh_store, study)["enab"]["id"]).run())
    assert "It hinders so far, and will count as what helps" in words(app)
    act(app, "Move")
    assert codebook(fresh_store, study)["prob.funding"]["root_key"] == "enab"


def test_a_code_is_put_away_and_brought_back(fresh_store, study):
    app = press(open_code(fresh_store, study, "prob.funding"), "Take out of use…")
    act(app, "Take out of use")
    assert codebook(fresh_store, study)["prob.funding"]["archived"]
    assert "out of use" in words(sound(app))
    press(app, "Bring back…")
    press(app, "Bring back into use")
    assert not codebook(fresh_store, study)["prob.funding"]["archived"]


def test_a_root_can_be_renamed_but_neither_moved_nor_put_away(fresh_store, study):
    app = open_code(fresh_store, study, "prob")
    assert button(app, "Save")
    assert select(app, "Polarity")
    assert not [one for one in app.button if one.label.endswith("…")]


@pytest.mark.usefixtures("data_folder")
def test_two_codes_are_merged_after_a_look_at_the_counts(store):
    study = need_study(store, "demo-en")
    found = codebook(store, study)
    app = press(open_code(store, study, "prob.skills"), "Merge…")
    sound(select(app, "Merge into").set_value(found["prob.low_ict"]["id"]).run())
    assert "It touches 46 codings (" in words(app)
    act(app, "Merge")
    after = codebook(store, study)
    assert after["prob.skills"]["merged_into_id"] == found["prob.low_ict"]["id"]
    assert "P02" in sound(app).header[0].value
    choose(app, store, study, "prob.skills")
    assert "This code was merged into P02" in " ".join(one.value.replace("\\", "") for one in app.info)
    press(app, "Undo")
    assert codebook(store, study)["prob.skills"]["codings"] == 46


def code_twice(store, study):
    bring_in_file(store, "A", study, recognise_file(store, study["id"], "panel.vtt", TEXT.encode()))
    with store.reading() as connection:
        coder = studies.coders(connection, study["id"])[0]["id"]
        source = sources.sources(connection, study["id"])[0]
    skills = codebook(store, study)["prob.skills"]["id"]
    with store.change(study["id"], "A", "add_coding") as change:
        return change.insert(
            schema.coding,
            [
                {"source_id": source["id"], "start": start, "end": end, "code_id": skills, "coder_id": coder,
                 "created_at": now()}
                for start, end in ((35, 70), (80, 100))
            ],
        )  # fmt: skip


def test_a_code_is_split_by_walking_through_ones_statements(fresh_store, study):
    code_twice(fresh_store, study)
    app = press(open_code(fresh_store, study, "prob.skills"), "Split…")
    press(app, "Go through the statements")
    assert problems(app) == ["Name a new code, or choose one that is there."]
    field(app, "New codes, in English").set_value("No training")
    press(app, "Go through the statements")
    act(app, "Stays")
    press(app, "Back")
    act(app, "No training")
    act(app, "Stays")
    assert "You have looked at every statement." in words(app)
    press(app, "Split now")
    after = codebook(fresh_store, study)
    assert (after["prob.no_training"]["codings"], after["prob.skills"]["codings"]) == (1, 1)
    press(app, "Undo")
    assert codebook(fresh_store, study)["prob.skills"]["codings"] == 2


def test_a_coded_statement_is_taken_as_the_example_and_saved_with_the_form(fresh_store, study):
    code_twice(fresh_store, study)
    app = open_code(fresh_store, study, "prob.skills")
    press(app, "Put it into the form")
    taken = form(app, "Anchor example in English").value
    assert taken in TEXT.replace("\n", " ") or taken
    press(app, "Save")
    assert codebook(fresh_store, study)["prob.skills"]["example_en"] == taken.strip()


def test_a_move_of_the_tree_is_done_and_one_that_turns_a_side_asks_first(fresh_store, study, monkeypatch):
    code_twice(fresh_store, study)
    found = codebook(fresh_store, study)
    state = {}
    monkeypatch.setattr(codebook_editor.st, "session_state", state)
    monkeypatch.setattr(session, "store", lambda: fresh_store)
    monkeypatch.setattr(session, "current_person", lambda study: "A")
    turned = Act(n=1, do="move", code=found["prob.skills"]["id"], parent=found["enab"]["id"])
    codebook_editor._act(study, turned)
    assert codebook(fresh_store, study)["prob.skills"]["root_key"] == "prob"
    assert state["codebook-pending"] == turned
    beside = Act(n=2, do="move", code=found["prob.unready"]["id"], parent=found["prob.low_ict"]["id"])
    codebook_editor._act(study, beside)
    assert codebook(fresh_store, study)["prob.unready"]["parent_key"] == "prob.low_ict"
    assert "codebook-pending" not in state
    codebook_editor._act(study, Act(n=3, do="move", code=found["prob"]["id"], parent=found["enab"]["id"]))
    assert "root stays" in str(state["codebook-refused"])


def test_versions_say_what_changed_in_both_languages(fresh_store, study):
    change_code(fresh_store, "A", study["id"], codebook(fresh_store, study)["prob.funding"]["id"], label_en="*Money*")
    app = open_page("codebook", "panel")
    assert "Name in English" in words(app)
    assert "“*Money*”" in words(app)
    undo_codebook(fresh_store, "A", study["id"])
    sound(app.run())
    assert len(app.dataframe[-1].value) == len(versions(fresh_store, study["id"])) == 3
    app = open_page("codebook", "panel", "ru")
    assert len(app.dataframe[-1].value) == 3


def test_an_undo_says_how_many_codings_stay_as_they_were_changed_since(fresh_store, study):
    found = codebook(fresh_store, study)
    with fresh_store.change(study["id"], "A", "add_coding") as change:
        source = change.insert(
            schema.source, {"study_id": study["id"], "key": "T", "kind": "session", "text": "Words."}
        )
        coder = studies.coders(change.connection, study["id"])[0]["id"]
        row = {"source_id": source[0], "start": 0, "end": 5, "code_id": found["prob.skills"]["id"], "coder_id": coder}
        coding = change.insert(schema.coding, row)[0]
    merge_codes(fresh_store, "A", study["id"], found["prob.skills"]["id"], found["prob.low_ict"]["id"])
    with fresh_store.change(study["id"], "A", "resize_coding") as change:
        change.update(schema.coding, coding, end=6)
    app = press(open_page("codebook", "panel"), "Undo")
    assert "merged. 1 coding was changed since and stays as it is." in app.toast[0].value.replace("\\", "")


def test_a_file_is_brought_in_after_a_look(fresh_store, study):
    app = open_page("codebook", "panel")
    uploader = app.get("file_uploader")[0]
    table = "key;parent;label_en\nprob;;Troubles\nprob.own;prob;Own\n"
    sound(uploader.upload("book.csv", table.encode(), "text/csv").run())
    assert "New codes (1): Own" in words(app)
    assert "Codes that change (1): Troubles" in words(app)
    press(app, "Bring it in")
    after = codebook(fresh_store, study)
    assert (after["prob"]["label_en"], after["prob.own"]["label_en"]) == ("Troubles", "Own")
    assert not after["prob.skills"]["archived"]


def test_rules_and_attributes_stand_in_their_tabs(fresh_store, study):
    app = open_page("codebook", "panel")
    with fresh_store.reading() as connection:
        said = codebooks.codebook_of(connection, study["id"])
    assert [tab.label for tab in app.tabs][:3] == ["Codes", "Rules", "Attributes of statements"]
    assert select(app, "Attribute").options == [one["label_en"] for one in said["attributes"]]


@pytest.mark.usefixtures("empty_folder")
def test_without_a_study_the_page_leads_to_the_list():
    assert "No study is open" in words(open_page("codebook"))
