"""The demo's questionnaire, exported by Google Forms, against the machine-shaped truth and the known answers."""

from statistics import mean

import pytest

from coding.frames import ANSWERS, ITEMS
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.respondents import propose_respondent_column
from tests.coding.demo_study import DEMO, EXPECTED, guide
from tests.coding.demo_study import table as demo_table
from tests.survey_app.questionnaires.forms import FORM, PEOPLE, answers_of, demo_form, propose_columns, survey_of

TRUTH = {row["respondent"]: row for row in demo_table("questionnaire_responses.csv")}
GROUP = {row["expert_id"]: row["group"] for row in demo_table("experts.csv")}
CLOSED = [
    name for name in next(iter(TRUTH.values()))
    if name == "years" or (name[:4] in {"t1.c", "t2.c", "t3.c", "z.c1"} and "_text_" not in name)
]  # fmt: skip
TERRITORIES = {"capital": 1, "regional_centre": 2, "small_town": 3, "rural": 4}


@pytest.fixture(scope="module", params=["en", "ru"])
def survey(request):
    return request.param, survey_of(demo_form(), language=request.param)


def test_every_closed_answer_is_the_one_that_was_given(survey):
    for item_id in CLOSED:
        given = {expert: row[item_id] for expert, row in TRUTH.items() if row[item_id]}
        assert answers_of(survey[1], item_id) == {
            expert: None if value in {"98", "-1"} else float(value) for expert, value in given.items()
        }, item_id


def test_nothing_but_the_answers_is_kept(survey):
    kept = set(survey[1].answers["item_id"]) | set(survey[1].open_answers["item_id"])
    assert kept == {*CLOSED, "territory", *(key for key in EXPECTED["open_answers"] if not key.startswith("_"))}
    assert answers_of(survey[1], "territory") == {e: TERRITORIES[row["territory"]] for e, row in TRUTH.items()}


def test_the_tables_keep_their_contracts(survey):
    assert len(ITEMS.validate(survey[1].items)) == len(survey[1].items)
    assert len(ANSWERS.validate(survey[1].answers)) == len(survey[1].answers)
    assert set(survey[1].answers["item_id"]) <= set(survey[1].items["item_id"])
    assert set(survey[1].items["parent_id"]) - {""} <= set(survey[1].items["item_id"])


def test_open_answers_are_in_the_language_of_the_study(survey):
    language, found = survey
    said = {(row.expert_id, row.item_id): row.text for row in found.open_answers.itertuples()}
    assert len(said) == EXPECTED["open_answers"]["_all"] == 98
    assert 20 * 6 - len(said) == EXPECTED["open_answers"]["_blank"] == 22
    for (expert, item_id), text in said.items():
        assert text == TRUTH[expert][f"{item_id}_{language}"]


def test_both_languages_can_be_kept():
    said = survey_of(demo_form(), language="").open_answers["text"]
    assert sum(" / " in text for text in said) == len(said)


def test_an_answer_of_ones_own_is_not_torn_at_its_comma(survey):
    language, found = survey
    other = found.answers[(found.answers["item_id"] == "t2.c2.other") & (found.answers["text"] != "")]
    assert dict(zip(other["expert_id"], other["text"], strict=True)) == {
        expert: words[language] for expert, words in EXPECTED["helped_most_other"].items()
    }
    ticked = found.answers[(found.answers["value"] == 1) & found.answers["item_id"].str.startswith("t2.c2.")]
    assert {
        item_id.removeprefix("t2.c2."): count for item_id, count in ticked["item_id"].value_counts().items()
    } == EXPECTED["helped_most"]


def test_d16_severity(survey):
    for item_id, known in EXPECTED["questionnaire_all_items"].items():
        said = {expert: value for expert, value in answers_of(survey[1], item_id).items() if value is not None}
        assert (len(said), round(mean(said.values()), 4)) == (known["all"]["n"], known["all"]["mean"]), item_id
        for group, part in known["by_group"].items():
            values = [value for expert, value in said.items() if GROUP[expert] == group]
            assert (len(values), round(mean(values), 4)) == (part["n"], part["mean"]), (item_id, group)
    skills = answers_of(survey[1], "t2.c1.skills")
    assert mean(value for expert, value in skills.items() if GROUP[expert] == "loc") == 5.0
    assert round(mean(value for value in skills.values() if value is not None), 4) == 3.4737


def test_d18_the_ladder(survey):
    today, later = (mean(answers_of(survey[1], item_id).values()) for item_id in ("t3.c1", "t3.c2"))
    assert (
        (today, later) == (EXPECTED["ladder"]["today_mean"], EXPECTED["ladder"]["in_three_years_mean"]) == (2.1, 3.15)
    )


def test_d19_probability_of_the_targets(survey):
    shares = answers_of(survey[1], "z.c1.share70")
    by_group = {
        group: mean(value for expert, value in shares.items() if GROUP[expert] == group) for group in ("fed", "loc")
    }
    assert by_group == {"fed": 87.5, "loc": 40.0}
    assert sum(value is not None for value in shares.values()) == 19


def test_principles_by_first_place(survey):
    for name, known in EXPECTED["principles_rank"].items():
        places = answers_of(survey[1], f"t1.c2.{name}").values()
        assert (len(places), sum(place == 1 for place in places)) == (known["chosen_by"], known["first"])


def test_items_of_the_guide_bring_their_key_scale_labels_and_code(survey):
    items = survey[1].items.set_index("item_id")
    known = guide().items.set_index("item_id")
    for item_id in items.index:
        for name in ("parent_id", "type", "label_en", "label_ru", "code_id"):
            assert items.loc[item_id, name] == known.loc[item_id, name], (item_id, name)
    assert items.loc["t2.c1.skills", "code_id"] == "prob.skills"
    assert [point["en"] for point in items.loc["t2.c1.skills", "scale"]][::4] == ["does not hinder", "blocks"]


def test_a_file_with_keys_for_headers_says_the_same(survey):
    by_key = survey_of((DEMO / "questionnaire_responses.csv").read_bytes())
    for item_id in [*CLOSED, "territory"]:
        assert answers_of(by_key, item_id) == answers_of(survey[1], item_id)


def test_time_consent_group_and_code_are_left_out():
    table = read_questionnaire(FORM, demo_form()).table
    columns = propose_columns(table, guide())
    assert [column.why for column in columns if not column.kept] == ["time", "consent", "group"]
    assert propose_respondent_column(table, PEOPLE) == table.columns[2]


def test_without_the_guide_the_scales_and_types_are_found_all_the_same():
    table = read_questionnaire(FORM, demo_form()).table
    kinds = [column.kind for column in propose_columns(table, None)]
    known = [column.kind for column in propose_columns(table, guide())]
    assert kinds[4:] == known[4:]
    found = survey_of(demo_form(), with_guide=False)
    skills = found.items[found.items["label_en"] == "insufficient qualification of officials"].iloc[0]
    assert [point["value"] for point in skills["scale"]] == [1, 2, 3, 4, 5]
    assert answers_of(found, skills["item_id"]) == {
        expert: None if row["t2.c1.skills"] == "98" else float(row["t2.c1.skills"])
        for expert, row in TRUTH.items() if row["t2.c1.skills"]
    }  # fmt: skip
