"""The mapping of a questionnaire on its page: what is changed holds, what was kept is proposed again."""

import json
from dataclasses import replace

import pytest

from survey_app.actions.mapping_profiles import keep_mapping, mapping_profiles
from survey_app.actions.questionnaire import present_questionnaire
from survey_app.actions.studies import create_study
from survey_app.components import questionnaire_file, questionnaire_storing
from survey_app.questionnaires import definitions as kinds
from survey_app.questionnaires.definitions import Definition
from survey_app.questionnaires.instrument import Instrument, Item
from survey_app.questionnaires.survey import Cell, make_survey
from survey_app.store import experts
from survey_app.store.frames import load_frames
from tests.survey_app.pages.opening import open_page
from tests.survey_app.pages.test_questionnaire import button, chosen, frame, look_at, page, study, upload, words
from tests.survey_app.questionnaires.forms import FORM, as_csv, demo_form
from transcripts.messages import sentence

__all__ = ["page", "study"]
GRID = "How strongly does each factor hinder digitalization?"
AGREE = ("agree", "disagree", "agree", "neither agree nor disagree")


def wave(*headers):
    """Four experts who say how far they agree."""
    cells = zip(("L1", "C1", "F1", "R1"), AGREE, strict=True)
    return as_csv(["id", *headers], *([who, *[said] * len(headers)] for who, said in cells))


def control(elements, label):
    return next(one for one in elements if one.label == label)


def stored(store, study):
    with store.reading() as connection:
        return load_frames(connection, study["id"])


def values_of(store, study):
    answers = stored(store, study).answers
    return {row.expert_id: None if row.cannot_say else row.value for row in answers.itertuples()}


def store_it(page):
    button(page, "the questionnaire").click().run()
    assert not page.exception
    assert not page.error


def test_two_columns_that_became_one_are_two_again_with_one_tick(page, fresh_store, study):
    rows = [["L1", "agree", ""], ["C1", "disagree", ""], ["F1", "", "agree"], ["R1", "", "disagree"]]
    upload(page, as_csv(["id", "Services help people", "Services help people."], *rows))
    look_at(page, "Services help people.")
    tick = control(page.checkbox, "It is one question with “Services help people”")
    assert tick.value
    tick.uncheck().run()
    assert not control(page.checkbox, "It is one question with “Services help people”").value
    store_it(page)
    answers = stored(fresh_store, study).answers
    assert {key: set(rows["expert_id"]) for key, rows in answers.groupby("item_id")} == {
        "q02": {"L1", "C1"}, "q03": {"F1", "R1"},
    }  # fmt: skip


def test_two_columns_are_one_again_with_the_tick(page, fresh_store, study):
    rows = [["L1", "agree", ""], ["C1", "disagree", ""], ["F1", "", "agree"], ["R1", "", "disagree"]]
    upload(page, as_csv(["id", "Services help people", "Services help people."], *rows))
    look_at(page, "Services help people.")
    for _time in range(2):
        tick = control(page.checkbox, "It is one question with “Services help people”")
        tick.set_value(not tick.value).run()
    store_it(page)
    assert set(stored(fresh_store, study).answers["item_id"]) == {"q02"}


def test_a_line_that_is_reverse_is_counted_from_its_other_end(page, fresh_store, study):
    upload(page, wave("Services help"))
    control(page.checkbox, "Count it from the other end").check().run()
    assert frame(page, "becomes").set_index("question")["from"]["Services help"] == "you"
    store_it(page)
    assert values_of(fresh_store, study) == {"L1": 2, "C1": 4, "F1": 2, "R1": 3}


def test_the_order_of_points_is_changed_without_typing(page, fresh_store, study):
    upload(page, wave("Services help"))
    button(page, "Turn the order round").click().run()
    next(one for one in page.button if one.label == "Move down" and "-0-" in one.key).click().run()
    assert page.text_area[0].value.split("\n")[:2] == [
        "1 = agree / скорее согласен",
        "2 = strongly agree / полностью согласен",
    ]
    store_it(page)
    assert values_of(fresh_store, study) == {"L1": 1, "C1": 4, "F1": 1, "R1": 3}


def test_an_answer_that_means_cannot_say_is_set_apart(page, fresh_store, study):
    upload(page, wave("Services help"))
    control(page.multiselect, "Answers that mean “cannot say”").set_value(["neither agree nor disagree"]).run()
    assert "answered: 3 · cannot say: 1 · blank: 0" in words(page.markdown)
    store_it(page)
    assert values_of(fresh_store, study)["R1"] is None


def test_a_type_holds_for_all_lines_of_a_grid_and_one_line_is_left_out_alone(page, fresh_store, study):
    upload(page, demo_form(), FORM)
    look_at(page, GRID)
    line = chosen(page, "Line")
    assert len(line.options) == 9
    line.set_value(line.options and page.session_state[line.key] + 1).run()
    control(page.checkbox, "Leave this line out").check().run()
    assert "37 columns are kept, 5 are left out" in words(page.caption)
    chosen(page, "Type").set_value("leave_out").run()
    assert "29 columns are kept, 13 are left out" in words(page.caption)
    chosen(page, "Type").set_value("likert").run()
    assert "38 columns are kept, 4 are left out" in words(page.caption)


def test_key_words_and_code_are_a_persons_to_say(page, fresh_store, study):
    upload(page, wave("Services help"))
    control(page.text_input, "Key").set_value("help").run()
    control(page.text_input, "In Russian").set_value("Сервисы помогают").run()
    chosen(page, "Code of the codebook that it measures").set_value("prob.skills").run()
    store_it(page)
    (item,) = stored(fresh_store, study).items.to_dict("records")
    assert (item["item_id"], item["label_en"], item["label_ru"]) == ("help", "Services help", "Сервисы помогают")
    assert item["code_id"] == "prob.skills"


def test_two_columns_of_one_key_are_told(page):
    upload(page, wave("Services help", "Services hinder"))
    control(page.text_input, "Key").set_value("q03").run()
    assert "Two columns have the key “q03”: “Services help” and “Services hinder”" in words(page.error)
    assert button(page, "the questionnaire") is None
    control(page.text_input, "Key").set_value("no spaces").run()
    assert control(page.text_input, "Key").value == "q03"


def test_personal_data_is_left_out_and_one_click_away(page, fresh_store, study):
    rows = [["L1", "l@example.org", "So."], ["C1", "c@example.org", "Thus."]]
    upload(page, as_csv(["id", "Your e-mail", "Why?"], *rows))
    assert "Left out as personal data" in words(page.markdown)
    button(page, "Your e").click().run()
    assert "Your e-mail" in chosen(page, "A closer look at").options[chosen(page, "A closer look at").value]
    assert frame(page, "written")["written"].tolist() == ["l@example.org", "c@example.org"]
    store_it(page)
    assert stored(fresh_store, study).items["label_en"].tolist() == ["Why?"]


def test_of_two_rows_of_one_person_it_is_asked_which_counts(page, fresh_store, study):
    upload(page, as_csv(["id", "Why?"], ["L1", "So."], ["C1", "Hence."], ["L1", "Thus."]))
    assert "1 expert has more than one row: L1 (2, 4)" in words(page.warning)
    assert button(page, "the questionnaire") is None
    page.button_group[0].set_value("last").run()
    store_it(page)
    said = stored(fresh_store, study).statements
    assert sorted(said["text"]) == ["Hence.", "Thus."]


def test_a_study_without_a_roster_takes_its_respondents_from_the_file(fresh_store):
    other = create_study(fresh_store, "A", title_en="Citizens", language="en", slug="citizens")
    page = open_page("questionnaire", "citizens")
    assert "The roster is empty" in words(page.markdown)
    upload(page, as_csv(["id", "Which group do you represent?", "Why?"], ["X1", "Farmers", "So."], ["X2", "", "No."]))
    assert frame(page, "act")["group"].tolist() == ["Farmers (new)"]
    assert "No group is given, so they stay out: row 3" in words(page.caption)
    with fresh_store.reading() as connection:
        assert not experts.experts(connection, other["id"])
    button(page, "Put 1 person on the roster").click().run()
    assert not page.exception
    with fresh_store.reading() as connection:
        assert [(row["key"], row["group_key"]) for row in experts.experts(connection, other["id"])] == [
            ("X1", "farmers")
        ]
    store_it(page)
    assert present_questionnaire(fresh_store, other["id"]).experts == 1


def test_cells_that_do_not_fit_are_listed_and_the_rest_is_stored(page, fresh_store, study, monkeypatch):
    def reported(*given):
        survey = make_survey(*given)
        return replace(survey, report=(Cell(3, "Services help", "=1+1", sentence("is no point of the scale.")),))

    monkeypatch.setattr(questionnaire_storing, "make_survey", reported)
    upload(page, wave("Services help"))
    assert "1 cell wants a look. What does not fit is kept as it was written" in words(page.warning)
    assert frame(page, "problem").iloc[0].tolist() == [3, "Services help", "=1+1", "is no point of the scale."]
    store_it(page)
    assert present_questionnaire(fresh_store, study["id"]).answers == 4


def test_a_large_file_is_read_when_it_is_asked_for(page, fresh_store, study, monkeypatch):
    monkeypatch.setattr(questionnaire_storing, "LIVE", 3)
    upload(page, wave("Services help"))
    assert button(page, "the questionnaire") is None
    button(page, "Read all answers").click().run()
    store_it(page)
    assert present_questionnaire(fresh_store, study["id"]).answers == 4


def test_a_mapping_is_kept_and_proposed_again_for_a_file_like_it(page, fresh_store, study):
    upload(page, wave("Services help", "Services hinder"))
    control(page.checkbox, "Count it from the other end").check().run()
    store_it(page)
    (kept,) = mapping_profiles(fresh_store, study["id"])
    assert (kept.name, kept.mapped.respondent) == ("form", "id")
    upload(page, wave("Services help", "Services hinder", "Services cost"))
    assert chosen(page, "Mapping of the columns").value == kept.id
    assert "3 columns are mapped as in “form”. New in the file, proposed afresh: “Services cost”" in words(page.warning)
    look_at(page, "Services help")
    assert control(page.checkbox, "Count it from the other end").value
    chosen(page, "Mapping of the columns").set_value("").run()
    look_at(page, "Services help")
    assert not control(page.checkbox, "Count it from the other end").value


def test_a_mapping_is_brought_as_json_and_forgotten(page, fresh_store, study):
    upload(page, wave("Services help"))
    store_it(page)
    (kept,) = mapping_profiles(fresh_store, study["id"])
    button(page, "Forget")
    upload(page, wave("Services help"))
    button(page, "Forget").click().run()
    assert not mapping_profiles(fresh_store, study["id"])
    page.file_uploader[-1].upload("mine.json", b"{}", "application/json").run()
    assert "no mapping of a questionnaire" in words(page.error)
    content = json.dumps(kept.mapped.to_json() | {"name": "Wave"}).encode()
    page.file_uploader[-1].upload("mine.json", content, "application/json").run()
    assert not page.exception
    assert [each.name for each in mapping_profiles(fresh_store, study["id"])] == ["Wave"]


def test_a_definition_wins_over_the_answers_and_over_a_kept_mapping(page, fresh_store, study, monkeypatch):
    asked = Instrument("form", ("Form", ""), (Item("why", "open", ("Services help", "")),))
    found = (Definition("XLSForm", lambda _brought: 1.0, lambda _brought: asked),)
    monkeypatch.setattr(questionnaire_file, "definitions", lambda: found)
    monkeypatch.setattr(kinds, "definitions", lambda: found)
    upload(page, wave("Services help", "Services hinder"))
    store_it(page)
    upload(page, wave("Services help", "Services hinder"))
    control(page.file_uploader, "Definition of the questionnaire, if you have it (XLSForm)").upload(
        "form.xlsx", b"x", "application/octet-stream"
    )
    page.run()
    types = frame(page, "kind").set_index("question")
    assert types["kind"].to_dict() == {"id": "leave out", "Services help": "open answer", "Services hinder": "scale"}
    assert types["from"]["Services help"] == "the definition"
    assert "the definition knows 1 column" in words(page.success)
    assert "does not know 2 columns" in words(page.info)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_kept_mapping_of_a_hostile_name_is_shown_as_it_is(page, fresh_store, study, language):
    page.session_state["language"] = language
    upload(page, wave("Services help"))
    store_it_by_place = [one for one in page.button if one.icon == ":material/save:"]
    store_it_by_place[0].click().run()
    (kept,) = mapping_profiles(fresh_store, study["id"])
    keep_mapping(fresh_store, "A", study["id"], "**x** [a](b) $y$", kept.mapped)
    upload(page, wave("Services help"))
    assert not page.exception
    assert r"\*\*x\*\* \[a\]\(b\)" in " ".join(one.value for one in page.markdown)
