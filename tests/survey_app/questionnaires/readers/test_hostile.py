"""Whatever is brought under a platform's name is read or refused in one sentence."""

import random

import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas import DataFrame

from survey_app.questionnaires.columns import propose_columns
from survey_app.questionnaires.readers import Brought, readers
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.rosters.tables import UnreadableTable
from tests.survey_app.questionnaires.forms import as_csv
from tests.survey_app.questionnaires.readers.test_qualtrics import TICKS
from tests.survey_app.questionnaires.readers.test_qualtrics import file_of as of_qualtrics
from tests.survey_app.questionnaires.readers.test_surveymonkey import SYSTEM
from tests.survey_app.questionnaires.readers.test_surveymonkey import file_of as of_surveymonkey

QUALTRICS = of_qualtrics(TICKS, ["1", "1", "", ""], ["1", "", "1", "Neighbours"])
SURVEYMONKEY = of_surveymonkey(
    ["What helped?", "", "Why?"], ["Roads", "Water", ""], ["Roads", "", "x"], ["", "Water", "y"]
)
ROUGH = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def is_read_or_refused(name, content):
    try:
        export = read_questionnaire(name, content)
    except UnreadableTable as problem:
        assert str(problem).count(name) == 1
        return
    assert len(propose_columns(export, None)) == len(export.table.columns)


@ROUGH
@given(st.sampled_from([QUALTRICS, SURVEYMONKEY]), st.integers(0, 10**6), st.binary(max_size=6))
def test_a_table_broken_anywhere(content, place, more):
    place %= len(content)
    is_read_or_refused("broken.csv", content[:place])
    is_read_or_refused("broken.csv", content[:place] + more + content[place:])


CELLS = st.sampled_from(
    ["", "Response", "Open-Ended Response", "Respondent ID", "Collector ID", "StartDate", "V1", "Q1", "Q5_1", "Q5_1_TEXT",
     '{"ImportId":"QID5_1"}', '{"ImportId":"QID5_1_TEXT"}', '{"ImportId":"QID5","choiceId":"2"}', '{"ImportId":["x"]}',
     '{"ImportId', "1", "1,2", "a - b", "R_1", "2026-02-01"]
)  # fmt: skip


@ROUGH
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=5),
    st.sampled_from(["Qualtrics", "SurveyMonkey"]),
)
def test_a_reader_that_is_given_any_table(lines, platform):
    reader = next(each for each in readers() if each.platform == platform)
    brought = Brought("any.csv", as_csv(*lines))
    try:
        export = reader.read(brought)
    except UnreadableTable:
        return
    assert set(export.heads) <= set(export.table.columns)


@pytest.mark.parametrize("seed", range(4))
def test_an_spss_file_broken_anywhere(tmp_path, seed):
    path = tmp_path / "made.sav"
    pyreadstat.write_sav(
        DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]}), path, variable_value_labels={"a": {1: "no", 2: "yes"}}
    )
    content, chance = bytearray(path.read_bytes()), random.Random(seed)
    for _ in range(8):
        content[chance.randrange(4, len(content))] = chance.randrange(256)
    is_read_or_refused("broken.sav", bytes(content))


def test_headers_without_anybody_below_them():
    for content in (as_csv(SYSTEM), as_csv(["V1", "V2"]), b"\n".join(QUALTRICS.split(b"\n")[:3])):
        with pytest.raises(UnreadableTable, match=r"broken\.csv has a header and no answers"):
            read_questionnaire("broken.csv", content)
