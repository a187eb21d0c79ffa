"""LimeSurvey's archive: answers together with the definition that is in it."""

import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.questionnaires.columns import propose_columns
from survey_app.questionnaires.definitions import read_definition
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.survey import make_survey
from survey_app.rosters.tables import UnreadableTable
from tests.conftest import CORPORA
from tests.survey_app.questionnaires.definitions.test_limesurvey_lss import BOMB, EVERY
from tests.survey_app.questionnaires.forms import answers_of
from tests.survey_app.questionnaires.lime_files import SID, lsa, lsr, lss, zipped

CORPUS = CORPORA / "questionnaires" / "limesurvey_432535.lss"


def field(qid, suffix="", gid=1):
    return f"{SID}X{gid}X{qid}{suffix}"


FIELDS = ["id", "token", "submitdate", "lastpage", "startlanguage", "seed", "ipaddr", field(1), field(1, "other"),
          field(2), field(3), field(3, "comment"), field(4, "SQ001"), field(4, "SQ002"), field(4, "other"),
          field(5, "SQ001"), field(5, "SQ001comment"), field(6, "1"), field(6, "2"), field(7, "SQ001"),
          field(10, "SQ002"), field(13, "SQ001#0"), field(13, "SQ001#1"), field(14, "SQ002_c2"), field(17),
          field(18, "SQ001"), field(20), field(23), field(24), field(25, gid=2), field(26), field(26, "_filecount"),
          field(28), "unknown"]  # fmt: skip
LATER = ["id", "token", "submitdate", "lastpage", "startlanguage", "seed", "ipaddr", "Q1", "Q1_Cother", "Q2", "Q3",
         "Q3_Ccomment", "Q4_S400", "Q4_S401", "Q4_Cother", "Q5_S500", "Q5_S500_Ccomment", "Q6_R10", "Q6_R11", "Q7_S700",
         "Q10_S1001", "Q13_S1300#0", "Q13_S1300#1", "Q14_S1401_S1403", "Q17", "Q18_S1800", "Q20", "Q23", "Q24", "Q25",
         "Q26", "Q26_Cfilecount", "Q28", "unknown"]  # fmt: skip
FIRST = ["1", "tok-a", "2024-02-01 10:00:00", "3", "ru", "5", "10.0.0.1", "-oth-", "Plum", "A1", "F1", "Cheap.", "Y",
         "", "Luck", "Y", "Daily.", "F2", "F1", "A5", "U", "a3", "b1", "7", "44.0000000000", "12.5", "Words.", "N",
         "F", "2024-01-31 00:00:00", "[]", "0", "45", "x"]  # fmt: skip
SECOND = ["2", "tok-b", None, "1", "en", "6", "10.0.0.2", "F2", "", "A4", "F2", "", "", "", "", None, None, "F1", "F2",
          "A2", "Y", "a1", "b2", "0", "18", "3", "More.", "Y", "M", "2023-12-01", None, "0", "19", None]  # fmt: skip


WHOLE = lsa(lss(EVERY), lsr(FIELDS, FIRST))


@pytest.mark.parametrize(
    ("later", "fields"), [(False, FIELDS), (True, FIELDS), (True, LATER)], ids=["old", "texts_apart", "version_7"]
)
def test_answers_come_with_their_definition(later, fields):
    export = read_questionnaire(
        "survey.lsa", lsa(lss(EVERY, later=later), lsr(fields, FIRST, SECOND), **{f"survey_{SID}_tokens.lst": b"<x/>"})
    )
    assert (export.platform, export.respondent) == ("LimeSurvey", "token")
    assert export.instrument.title == ("Panel", "Панель")
    assert [str(warning).split(" ", 2)[1] for warning in export.table.warnings] == ["column", "response"]
    assert "dual[SQ001][2]" in export.table.columns
    assert "unknown" not in export.table.columns
    columns = propose_columns(export, None)
    assert all(column.defined for column in columns if column.kept)
    assert {column.name for column in columns if not column.kept} == {
        "id", "token", "submitdate", "lastpage", "startlanguage", "seed", "ipaddr", "file", "file[filecount]", "sum",
    }  # fmt: skip
    found = make_survey(export.table, columns, {0: "E1", 1: "E2"}, "en")
    single = {item: answers_of(found, item) for item in ("list", "drop", "array.SQ001", "unsure.SQ002", "yes", "age")}
    assert single == {
        "list": {"E1": 3, "E2": 2}, "drop": {"E1": 4, "E2": 1}, "array.SQ001": {"E1": None, "E2": 3},
        "unsure.SQ002": {"E1": 2, "E2": 3}, "yes": {"E1": 2, "E2": 1}, "age": {"E1": 44, "E2": 18},
    }  # fmt: skip
    assert answers_of(found, "multi.SQ001") == {"E1": 1, "E2": 0}
    assert answers_of(found, "multi.SQ002") == {"E1": 0, "E2": 0}
    assert answers_of(found, "multicom.SQ001") == {"E1": 1}
    assert [answers_of(found, f"rank.{option}") for option in ("F1", "F2")] == [{"E1": 2, "E2": 1}, {"E1": 1, "E2": 2}]
    assert answers_of(found, "dual_1.SQ001") == {"E1": 3, "E2": 1}
    assert answers_of(found, "numbers.SQ002_c2") == {"E1": 7, "E2": 0}
    texts = found.answers[found.answers["text"] != ""].set_index(["expert_id", "item_id"])["text"]
    assert "Plum" in texts["E1", "list"]
    assert texts["E1", "multi.other"] == "Luck"
    assert texts["E1", "multicom.SQ001"] == "Daily."
    assert texts["E1", "listcom"] == "Cheap."
    assert texts["E1", "day"] == "2024-01-31"
    assert found.items.set_index("item_id").loc["multi.SQ002", "label_ru"] == "Чай"
    assert list(found.open_answers["text"]) == ["Words.", "More."]


def test_an_archive_also_is_a_definition():
    assert read_definition("survey.lsa", WHOLE) == read_definition("survey.lss", lss(EVERY))


@settings(max_examples=60)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=40))
def test_a_damaged_archive_is_read_or_refused(at, noise):
    content = WHOLE[:at] + noise + WHOLE[at + len(noise) :]
    for read in (read_questionnaire, read_definition):
        try:
            read("survey.lsa", content)
        except UnreadableTable as refused:
            assert "survey.lsa" in str(refused)


def bomb():
    return zipped({f"survey_{SID}.lss": lss(EVERY), "survey_responses.lsr": b" " * 80_000_000})


def crowd():
    return zipped({f"{n}.txt": b"" for n in range(500)} | {"a.lss": lss(EVERY), "a.lsr": lsr(FIELDS, FIRST)})


def locked():
    content = bytearray(lsa(lss(EVERY), lsr(FIELDS, FIRST)))
    at = content.find(b"PK\x01\x02")
    while at != -1:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        bomb(), crowd(), locked(), lsa(lss(EVERY), BOMB), lsa(BOMB, lsr(FIELDS, FIRST)),
        lsa(lss(EVERY), None), lsa(None, lsr(FIELDS, FIRST)), lsa(lss(EVERY), lsr(FIELDS)),
        lsa(lss(EVERY), lsr(["strange"], ["1"])), lsa(lsr(FIELDS, FIRST), lss(EVERY)), lss(EVERY), lsr(FIELDS, FIRST),
        WHOLE[:-100], WHOLE[: len(WHOLE) // 2], WHOLE[:300] + b"\xff" * 50 + WHOLE[350:],
    ],
    ids=lambda content: str(len(content)),
)  # fmt: skip
def test_broken_and_hostile_archives_get_one_sentence(content):
    with pytest.raises(UnreadableTable) as refused:
        read_questionnaire("survey.lsa", content)
    assert "survey.lsa" in str(refused.value)


def test_no_path_of_an_archive_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(zipfile.ZipFile, "extract", lambda *_args, **_named: pytest.fail("unpacked"))
    monkeypatch.setattr(zipfile.ZipFile, "extractall", lambda *_args, **_named: pytest.fail("unpacked"))
    content = lsa(lss(EVERY), lsr(FIELDS, FIRST), **{"../../evil.lst": b"x", "/etc/evil": b"x"})
    assert len(read_questionnaire("survey.lsa", content).table.rows) == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
def test_responses_to_a_real_structure():
    fields = ["id", "submitdate", field(1), field(2)]
    rows = [["1", "2024-01-01 10:00:00", "4", "Well."], ["2", "2024-01-01 11:00:00", "2", "Badly."]]
    export = read_questionnaire("survey.lsa", lsa(CORPUS.read_bytes(), lsr(fields, *rows)))
    found = make_survey(export.table, propose_columns(export, None), {0: "E1", 1: "E2"}, "en")
    assert answers_of(found, "G01Q01") == {"E1": 4, "E2": 2}
    assert list(found.open_answers["item_id"]) == ["G01Q02"] * 2
