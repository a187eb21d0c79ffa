"""A number that a release may not show is in none of its bytes, and nothing beside it gives it away."""

import json

import pytest

from coding.segments import Segment, Segmentation
from survey_app.language import use
from survey_app.publishing.public_page import write_release
from survey_app.publishing.questionnaire import questionnaire
from survey_app.publishing.quotes import published_quotes
from survey_app.publishing.snapshot import Told
from survey_app.publishing.topics import ReleasedTopics
from tests.survey_app.publishing.small_study import experts, frames, freeze, grouping, open_cells, quote
from tests.survey_app.views.topic_runs import assigned, result

TOGETHER = Segmentation("together", "Together", "Вместе", (Segment("both", "Both groups", "Обе группы", ("a", "b")),))
HIDDEN = [("by_group", "b", "prob.late"), ("by_group", "a", "prob.late")]


def cells_of(study, segmentations, hidden):
    """All cells, those named hidden; their numbers stay in the table on purpose, as numbers that would be noticed."""
    cells = open_cells(study, segmentations)
    places = list(zip(cells["segmentation"], cells["segment"], cells["code_id"], strict=True))
    cells["shown"] = [place not in hidden for place in places]
    cells.loc[~cells["shown"], ["k", "statements"]] = [77, 7777]
    return cells


@pytest.fixture(scope="module")
def snapshot():
    study = frames(answers=[(f"{group}{n}", "q.late", 2.0, "") for group in "AB" for n in (1, 2, 3)])
    quotes = [quote("s1"), quote("s3"), quote("s7"), quote("s4"), quote("s5")]
    run = result()
    return freeze(
        study, quotes, cells=cells_of(study, [grouping(study)], HIDDEN), found=ReleasedTopics(run, assigned(run))
    )


def test_no_hidden_number_is_in_any_file(snapshot, tmp_path):
    folder = write_release(snapshot, tmp_path)
    for file in folder.iterdir():
        if file.suffix in {".html", ".json", ".js"}:
            told = file.read_text("utf-8")
            assert "7777" not in told, file.name
            assert '"k":77' not in told
            assert "77 of" not in told
            assert "77/" not in told


def test_what_is_hidden_is_said_to_be_hidden_in_the_data_and_in_either_language(snapshot, tmp_path):
    cells = {(each["segmentation"], each["segment"], each["code"]): each for each in snapshot.content["cells"]}
    for place in HIDDEN:
        assert (cells[place]["k"], cells[place]["statements"], cells[place]["shown"]) == (None, None, False)
    assert cells["by_group", "all", "prob.late"]["k"] == 3
    told = (write_release(snapshot, tmp_path) / "segments-1-en.js").read_text("utf-8")
    assert ">hidden</text>" in told
    assert "url(#hatch)" in told
    assert snapshot.content["en"]["hidden"].startswith("2 of 15 numbers are hidden")
    assert snapshot.content["en"]["hidden"] == snapshot.content["en"]["limits"][-1]


def test_sentences_are_made_of_what_is_shown_alone(snapshot):
    (question,) = snapshot.content["en"]["questions"]
    assert question["told"]["by_group"]["b"] == (
        "Group b. Named most as an enabler: “Tickets by phone” (1 of 3 experts). 1 hidden number is left out; it may be "
        "larger."
    )


def test_a_quote_never_stands_behind_a_hidden_number(snapshot):
    by_text = {each["text"]: each for each in snapshot.content["quotes"]}
    assert "The ferry is late, and nobody says why." not in by_text  # its one code is hidden in its segment
    assert by_text["Late again on Monday."]["codes"] == ["prob.rude"]
    assert by_text["The clerk was rude."]["under"] == ["prob", "prob.rude"]


def test_nobody_is_never_said_where_numbers_are_hidden():
    study = frames()
    every = [("by_group", "b", code) for code in study.codes["code_id"]]
    (question,) = freeze(study, cells=cells_of(study, [grouping(study)], every)).content["en"]["questions"]
    assert question["told"]["by_group"]["b"] == ("Group b. What is named here cannot be told: the numbers are hidden.")


def test_topics_of_which_all_of_a_segment_speak_are_told_of_all_experts_alone(snapshot):
    [by] = snapshot.content["en"]["topics"]["by"]
    assert {segment for _topic, segment, _k, _n in by["cells"]} == {"a", "b", "all"}
    run = result()
    given = assigned(run)
    given.loc[given["statement_id"] == "s4", "topic"] = 0  # A3, and so all of group a
    study = frames()
    told = freeze(study, cells=cells_of(study, [grouping(study)], HIDDEN), found=ReleasedTopics(run, given))
    [by] = told.content["en"]["topics"]["by"]
    assert {segment for _topic, segment, _k, _n in by["cells"]} == {"all"}


def test_a_cell_that_the_table_does_not_have_is_hidden(tmp_path):
    study = frames()
    cells = open_cells(study, [grouping(study)])
    cells = cells[~((cells["segment"] == "b") & (cells["code_id"] == "prob.rude"))]
    told = (write_release(freeze(study, cells=cells), tmp_path) / "segments-1-en.js").read_text("utf-8")
    assert ">hidden</text>" in told


def test_several_segmentations_stand_beside_each_other_and_all_experts_once():
    study = frames()
    content = freeze(study, segmentations=[grouping(study), TOGETHER]).content
    assert content["segmentations"] == ["by_group", "together"]
    assert {(each["segmentation"], each["segment"]) for each in content["cells"]} == {
        ("by_group", "a"), ("by_group", "b"), ("by_group", "all"), ("together", "both"), ("together", "all"),
    }  # fmt: skip


def test_two_segmentations_never_leave_a_quote_among_a_few():
    """b is of two people: "not in a" would say so, thus nothing of the second is told among those of both groups."""
    study = frames(experts(sizes=(3, 2)))
    told = [quote("s1"), quote("s5")]
    both = published_quotes(study, [TOGETHER, grouping(study)], told, fewest=3)
    assert [each["segments"] for each in both] == [{"together": "both", "by_group": ""}] * 2
    few = published_quotes(study, [TOGETHER, grouping(study)], told, fewest=2)
    assert sorted(each["segments"]["by_group"] for each in few) == ["a", "b"]


def test_a_line_is_told_by_a_segmentation_only_where_no_few_answers_can_be_computed_from_all_of_them():
    """By either alone five answered, by both together those of b are two."""
    given = [
        (f"{group}{n}", "q.late", 1.0 + n % 2, "") for group, most in (("A", 3), ("B", 2)) for n in range(1, most + 1)
    ]
    study = frames(answers=given)
    both = [TOGETHER, grouping(study)]
    with use("en"):
        (question,) = questionnaire(study, both, 3)["questions"]
        assert {row["name"] for row in question["rows"]} == {"All experts", "Both groups"}
        assert question["lines"] == []
        (question,) = questionnaire(study, both, 2)["questions"]
    assert [line["name"] for line in question["lines"]] == ["delays · By stakeholder group"]


def test_findings_lead_with_released_quotes_alone_and_the_note_takes_further_blocks():
    finding = {
        "text_en": "Ferries are late.", "text_ru": "Паромы опаздывают.",
        "quotes": {"for": ["s1", "s2"], "against": ["s7"]},
    }  # fmt: skip
    block = {
        "head": "Saturation",
        "paragraphs": ["None."],
        "table": {"caption": "By expert", "header": ["n"], "rows": [["6"]]},
    }
    extra = Told(
        methods={"en": [block]}, citations={"en": [{"name": "APA", "text": "Ann (2026)."}]}, agreement={"en": "0.8"}
    )
    study = freeze(frames(), [quote("s1"), quote("s7")], findings=[finding], extra=extra)
    numbers = {each["text"]: each["number"] for each in study.content["quotes"]}
    english = study.content["en"]
    assert english["findings"] == [
        {"text": "Ferries are late.", "for": [numbers["The ferry is late, and nobody says why."]],
         "against": [numbers["Late, but the captain is kind."]]}
    ]  # fmt: skip
    assert english["method"][-1] == block
    assert english["citations"] == [{"name": "APA", "text": "Ann (2026)."}]
    assert study.content["ru"]["findings"][0]["text"] == "Паромы опаздывают."
    assert json.loads(study.canonical)["ru"]["citations"] == []
