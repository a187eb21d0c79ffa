"""What a motivated reader could infer of a quote behind a cell of one or two is said before it is released."""

from dataclasses import replace

import pandas as pd

from survey_app.publishing.small_cells import SmallCells, inferences
from tests.survey_app.publishing.small_study import frames, grouping

COUNTED = {"layer": "adjudicated", "coder_id": None}


def behind(expert, *codes):
    small = SmallCells(frames(), [grouping(frames())], **COUNTED).behind(expert, codes)
    return [(each.segment, each.code_id, each.k, each.n) for each in small]


def test_cells_of_one_and_two_are_found_with_the_codes_above():
    assert behind("A1", "prob.late") == [("a", "prob.late", 2, 3)]  # all three of a name some problem
    assert behind("B3", "prob.late") == [("b", "prob.late", 1, 3), ("b", "prob", 1, 3)]
    assert behind("A1") == []


def test_the_number_the_region_and_the_session_are_told():
    study = frames()
    study.experts.loc[study.experts["expert_id"] == "B3", "region"] = "Nearshore"
    small = SmallCells(study, [grouping(study)], **COUNTED).behind("B3", ["prob.late"])
    told = [str(each) for each in inferences(study, small, "s7", "B3")]
    assert told == [
        "“Delays”: 1 of the 3 experts of “Group b” says this, so the quote is theirs alone.",
        "“Problems”: 1 of the 3 experts of “Group b” says this, so the quote is theirs alone.",
        "Nobody else of “Group b” is from the region “Nearshore”.",
    ]
    study.statements.loc[study.statements["expert_id"].isin(["B1", "B2"]), "source_id"] = "another"
    source = {"source_id": "source", "key": "S-1", "kind": "session", "title": "", "date": "2022-10-18", "stage": "",
              "order": 0}  # fmt: skip
    study = replace(study, sources=pd.DataFrame([source]))
    told = str(inferences(study, small, "s7", "B3")[2])
    assert told == "In the session of 18 October 2022 nobody else of “Group b” spoke."


def test_words_that_point_at_the_speaker_are_named():
    for text, words in (
        ("We in the port wait.", "We in"), ("It is so in our municipality too.", "our municipality"),
        ("У нас в районе иначе.", "У нас в"), ("Наше министерство ждёт.", "Наше министерство"),
    ):  # fmt: skip
        study = frames()
        study.statements.loc[study.statements["statement_id"] == "s7", "text"] = text
        small = SmallCells(study, [grouping(study)], **COUNTED).behind("B3", ["prob.late"])
        assert f"The words “{words}” say where the speaker stands." in map(str, inferences(study, small, "s7", "B3"))


def test_who_agrees_with_somebody_says_nothing_of_where_they_stand():
    study = frames()
    study.statements.loc[study.statements["statement_id"] == "s7", "text"] = "Я, как и коллега, жду парома."
    small = SmallCells(study, [grouping(study)], **COUNTED).behind("B3", ["prob.late"])
    assert not any("say where the speaker stands" in str(each) for each in inferences(study, small, "s7", "B3"))


def test_a_quote_of_many_says_nothing_of_anybody():
    assert inferences(frames(), [], "s1", "A1") == []
