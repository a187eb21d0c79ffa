"""The page of the questionnaire: three steps, what is proposed, what is said when something does not fit."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from survey_app.actions.form_links import link_states, make_links, use_form
from survey_app.actions.questionnaire import present_questionnaire
from survey_app.questionnaires.instrument import Instrument, Item
from tests.survey_app.actions.filled_forms import days
from tests.survey_app.jobs.watching import PATIENCE_S
from tests.survey_app.questionnaires.forms import FORM, as_csv, code_an_answer, demo_form, study_with_roster

PAGE = Path(__file__).parents[3] / "survey_app" / "pages" / "questionnaire.py"


@pytest.fixture
def study(fresh_store):
    return study_with_roster(fresh_store)


@pytest.fixture
def page(study):
    app = AppTest.from_file(PAGE, default_timeout=PATIENCE_S)
    app.session_state["study"] = study["slug"]
    app.session_state["language"] = "en"
    return app.run()


def upload(page, content, name="form.csv"):
    page.file_uploader[0].upload(name, content, "text/csv")
    page.run()
    assert not page.exception
    return page


def button(page, text):
    return next((one for one in page.button if text in one.label), None)


def words(elements):
    return " ".join(one.value.replace("\\", "") for one in elements)


def chosen(page, label):
    """The selection box of that name."""
    return next(one for one in page.selectbox if one.label == label)


def look_at(page, text):
    """Take a closer look at the question that says so."""
    look = chosen(page, "A closer look at")
    look.set_value(next(at for at, option in enumerate(look.options) if text in option)).run()
    assert not page.exception


def frame(page, column):
    return next(one.value for one in page.dataframe if column in one.value.columns)


def test_nothing_is_asked_before_there_is_a_file(page):
    assert not page.exception
    assert [one.value for one in page.header] == ["1. File"]
    assert not page.button


def test_the_demos_form_needs_no_correction(page, fresh_store, study):
    upload(page, demo_form(), FORM)
    assert [one.value for one in page.header] == ["1. File", "2. Columns", "3. Respondents", "4. Store"]
    assert page.selectbox[0].value.startswith("Ваш код участника")
    questions = frame(page, "kind")
    assert questions["kind"].value_counts().to_dict() == {
        "open answer": 6, "number": 1, "leave out": 4, "scale": 2, "one choice": 1, "several choices": 1,
        "9 × scale": 1, "4 × scale": 2, "6 × ranking": 1, "4 × number": 1,
    }  # fmt: skip
    assert "20 of 20 rows" in words(page.caption)
    assert not page.error
    assert not page.warning
    button(page, "Store the questionnaire").click().run()
    assert not page.exception
    present = present_questionnaire(fresh_store, study["id"])
    assert (present.experts, present.open_answers) == (20, 98)
    assert "16 questions" in words(page.markdown)


def test_both_halves_of_an_answer_can_be_kept(page, fresh_store, study):
    upload(page, demo_form(), FORM)
    halves = page.button_group[0]
    assert halves.value == "en"
    halves.set_value("").run()
    look_at(page, "What helped when something did work")
    assert " / " in frame(page, "written")["becomes"].iloc[0]


def test_strangers_are_listed_first_and_left_out(page, fresh_store, study):
    upload(page, as_csv(["id", "Why?"], ["L1", "So."], ["Somebody Else", "Thus."], ["C1", "Hence."]))
    whose = frame(page, "how")
    assert whose.iloc[0][["row", "written", "how"]].tolist() == [3, "Somebody Else", "nobody on the roster"]
    assert "Left out unless you say whose they are: row 3 Somebody Else" in words(page.warning)
    button(page, "Store").click().run()
    assert present_questionnaire(fresh_store, study["id"]).open_answers == 2


def test_a_file_where_nobody_is_named_is_assigned_row_by_row(page):
    upload(page, as_csv(["What hinders most?"], ["Paper."], ["Rules."]))
    assert "No column names the expert" in words(page.warning)
    assert frame(page, "how")["row"].tolist() == [2, 3]
    assert "no answers to store" in words(page.error)
    assert button(page, "Store") is None


def test_an_answer_outside_the_scale_is_told_and_the_scale_can_be_mended(page, fresh_store, study):
    header = "How strongly does each factor hinder digitalization? [lack of funding]"
    upload(page, as_csv(["id", "Years", header], ["L1", "12", "blocks"], ["C1", "", "totally"]))
    assert "1 cell wants a look" in words(page.warning)
    assert frame(page, "problem")["written"].tolist() == ["totally"]
    points = page.text_area[0]
    points.set_value(points.value + "\n6 = totally").run()
    assert not page.warning
    look_at(page, "Years")
    assert not page.text_area
    assert not page.error
    look_at(page, "lack of funding")
    assert page.text_area[0].value.endswith("6 = totally")
    button(page, "Store").click().run()
    assert present_questionnaire(fresh_store, study["id"]).answers == 3


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"<html>Sign in</html>", "is a web page"),
        (b"id,Why?\n", "a header and no answers"),
    ],
)
def test_bad_input_gets_one_sentence(page, fresh_store, study, content, says):
    upload(page, content)
    assert len(page.error) == 1
    assert says in words(page.error)
    assert button(page, "Store") is None
    assert present_questionnaire(fresh_store, study["id"]) is None


def save(page):
    return next(one for one in page.button if one.icon == ":material/save:")


def test_the_questionnaire_is_replaced_when_that_is_chosen_or_taken_out(page, fresh_store, study):
    upload(page, demo_form(), FORM)
    save(page).click().run()
    assert [one.value for one in page.header] == ["1. File"]
    upload(page, as_csv(["id", "Why?"], ["L1", "So."]))
    assert save(page).label == "Store the questionnaire"
    chosen(page, "Which questionnaire is it?").set_value("q1").run()
    assert save(page).label == "Add to the questionnaire"
    page.button_group[-1].set_value("replace").run()
    save(page).click().run()
    assert present_questionnaire(fresh_store, study["id"]).open_answers == 1
    button(page, "Take the questionnaire out").click().run()
    assert not page.exception
    assert present_questionnaire(fresh_store, study["id"]) is None


def test_a_file_that_asks_the_same_is_proposed_as_more_respondents(page, fresh_store, study):
    upload(page, as_csv(["id", "Why?"], ["L1", "So."], ["L2", "Thus."]))
    save(page).click().run()
    upload(page, as_csv(["id", "Why?"], ["C1", "Hence."], ["C2", "Then."]), "later.csv")
    assert chosen(page, "Which questionnaire is it?").value == "q1"
    save(page).click().run()
    assert present_questionnaire(fresh_store, study["id"]).open_answers == 4


def test_a_form_is_added_to_and_never_replaced(page, fresh_store, study):
    use_form(fresh_store, "A", study, Instrument("form", ("Form", ""), (Item("why", "open", ("Why?", "")),)), "form")
    upload(page, as_csv(["id", "Why?"], ["L1", "So."], ["L2", "Thus."]))
    which = chosen(page, "Which questionnaire is it?")
    assert (which.value, save(page).label) == ("", "Store the questionnaire")
    which.set_value("q1").run()
    assert save(page).label == "Add to the questionnaire"
    assert "Experts fill it in here" in words(page.caption)
    assert "Replace questions and answers" not in str([one.options for one in page.button_group])


def test_a_form_with_links_is_taken_out_when_its_box_is_ticked(page, fresh_store, study):
    use_form(fresh_store, "A", study, Instrument("form", ("Form", ""), (Item("why", "open", ("Why?", "")),)), "form")
    one = link_states(fresh_store, study["id"])[0].expert_id
    make_links(fresh_store, "A", study["id"], [one], days(3))
    page.run()
    assert "1 link leads to it · 0 experts have answers that are not sent" in words(page.warning)
    button(page, "Take the questionnaire out").click().run()
    assert "lost for good" in words(page.error)
    next(each for each in page.checkbox if "lost for good" in each.label).check().run()
    button(page, "Take the questionnaire out").click().run()
    assert not page.exception
    assert present_questionnaire(fresh_store, study["id"]) is None


def test_answers_that_are_coded_stay_and_others_are_added(page, fresh_store, study):
    upload(page, demo_form(), FORM)
    button(page, "Store").click().run()
    code_an_answer(fresh_store, study)
    upload(page, demo_form(), FORM)
    assert "Its open answers carry codings: respondents can be added, it cannot be replaced." in words(page.caption)
    button(page, "Take the questionnaire out").click().run()
    assert "have codings" in words(page.error)
    assert present_questionnaire(fresh_store, study["id"]).open_answers == 98


def test_markup_in_a_header_is_shown_and_not_read(page):
    upload(page, as_csv(["id", "**bold** <script>x</script> $x$"], ["L1", "[a](b)"], ["C1", "![i](j)"]))
    assert frame(page, "kind")["question"].tolist()[1] == "**bold** <script>x</script> $x$"
    assert not page.error


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_page_speaks_both_languages(study, language):
    app = AppTest.from_file(PAGE, default_timeout=PATIENCE_S)
    app.session_state["study"], app.session_state["language"] = study["slug"], language
    upload(app.run(), demo_form(), FORM)
    assert not app.error
