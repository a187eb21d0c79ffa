"""Codes are added, renamed, recoloured, moved and taken out of use; what was coded with them stays."""

import pytest

from survey_app.actions.codebook import CodebookProblem, add_code, archive_code, change_code, move_code
from survey_app.actions.results import frames_of
from survey_app.actions.studies import need_study
from survey_app.store import codes


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")["id"]


def codebook(store, study):
    with store.reading() as connection:
        return {row["key"]: row for row in codes.codes(connection, study, archived=True)}


def test_a_new_code_stands_below_its_parent_with_the_next_short_name(store, study):
    before = codebook(store, study)
    new = add_code(store, "A", study, parent_id=before["prob"]["id"], label_en="Weather", label_ru="Погода")
    code = next(row for row in codebook(store, study).values() if row["id"] == new)
    family = [row["short"] for row in before.values() if row["root_key"] == "prob" and row["parent_id"]]
    assert code["key"] == "prob.weather"
    assert code["parent_key"] == code["root_key"] == "prob"
    assert code["polarity"] == "negative"
    assert code["short"] == f"P{len(family) + 1:02d}"
    assert code["short"] not in family
    assert code["position"] > max(row["position"] for row in before.values())


def test_a_code_named_in_russian_alone_gets_a_latin_key(store, study):
    add_code(store, "A", study, parent_id=codebook(store, study)["enab"]["id"], label_ru="Погода")
    assert codebook(store, study)["enab.pogoda"]["label_ru"] == "Погода"


def test_two_codes_of_one_name_are_refused_in_either_language(store, study):
    skills = codebook(store, study)["prob.skills"]
    for words in ({"label_en": skills["label_en"].upper()}, {"label_en": "Other", "label_ru": skills["label_ru"]}):
        with pytest.raises(CodebookProblem, match="already a code named"):
            add_code(store, "A", study, parent_id=skills["parent_id"], **words)
    with pytest.raises(CodebookProblem, match="needs a name"):
        add_code(store, "A", study, parent_id=skills["parent_id"], label_en=" ")


def test_every_code_of_the_starter_can_be_saved_as_it_is(store, study):
    for code in codebook(store, study).values():
        change_code(store, "A", study, code["id"], label_en=code["label_en"], label_ru=code["label_ru"])


def test_renaming_and_recolouring_keep_key_and_codings(store, study):
    skills = codebook(store, study)["prob.skills"]
    change_code(
        store, "A", study, skills["id"], label_en=" Lack of people ", colour="#123abc", definition_en="Too few."
    )
    after = codebook(store, study)["prob.skills"]
    assert (after["label_en"], after["colour"], after["definition_en"]) == ("Lack of people", "#123abc", "Too few.")
    assert after["codings"] == skills["codings"] > 0
    shown = frames_of(store, study).codes.set_index("code_id").loc["prob.skills"]
    assert (shown["label_en"], shown["colour"]) == ("Lack of people", "#123abc")


@pytest.mark.parametrize("colour", ["red", "#12345", "#D55E00;background:url(x)", ""])
def test_what_is_no_colour_is_refused(store, study, colour):
    with pytest.raises(CodebookProblem, match="is not a colour"):
        change_code(store, "A", study, codebook(store, study)["prob.skills"]["id"], colour=colour)


def test_a_code_cannot_lose_both_names(store, study):
    with pytest.raises(CodebookProblem, match="needs a name"):
        change_code(store, "A", study, codebook(store, study)["prob.skills"]["id"], label_en="", label_ru="")


def test_a_code_moved_to_another_root_takes_its_polarity_and_all_below_it_along(store, study):
    found = codebook(store, study)
    child = add_code(store, "A", study, parent_id=found["prob.skills"]["id"], label_en="Night shifts")
    move_code(store, "A", study, found["prob.skills"]["id"], found["enab"]["id"])
    after = {row["id"]: row for row in codebook(store, study).values()}
    for moved in (found["prob.skills"]["id"], child):
        assert after[moved]["root_key"] == "enab"
        assert after[moved]["polarity"] == "positive"
    assert after[found["prob.skills"]["id"]]["codings"] == found["prob.skills"]["codings"]


def test_a_code_is_never_moved_below_itself_and_a_root_stays(store, study):
    found = codebook(store, study)
    child = add_code(store, "A", study, parent_id=found["prob.skills"]["id"], label_en="Night shifts")
    with pytest.raises(CodebookProblem, match="below itself"):
        move_code(store, "A", study, found["prob.skills"]["id"], child)
    with pytest.raises(CodebookProblem, match="below itself"):
        move_code(store, "A", study, found["prob.skills"]["id"], found["prob.skills"]["id"])
    with pytest.raises(CodebookProblem, match="root stays"):
        move_code(store, "A", study, found["prob"]["id"], found["enab"]["id"])


def test_a_code_out_of_use_takes_those_below_along_and_comes_back_with_those_above(store, study):
    found = codebook(store, study)
    child = add_code(store, "A", study, parent_id=found["prob.skills"]["id"], label_en="Night shifts")
    archive_code(store, "A", study, found["prob.skills"]["id"], archived=True)
    with store.reading() as connection:
        in_use = {row["id"] for row in codes.codes(connection, study)}
    assert in_use.isdisjoint({child, found["prob.skills"]["id"]})
    assert len(codebook(store, study)) == len(found) + 1
    with pytest.raises(CodebookProblem, match="out of use"):
        add_code(store, "A", study, parent_id=child, label_en="Below nothing")
    archive_code(store, "A", study, child, archived=False)
    with store.reading() as connection:
        assert {row["id"] for row in codes.codes(connection, study)} >= {child, found["prob.skills"]["id"]}


def test_a_root_cannot_be_taken_out_of_use(store, study):
    with pytest.raises(CodebookProblem, match="root cannot"):
        archive_code(store, "A", study, codebook(store, study)["prob"]["id"], archived=True)


def test_a_code_of_another_study_is_out_of_reach(store, study):
    other = codebook(store, need_study(store, "demo-ru")["id"])["prob.skills"]["id"]
    for attempt in (
        lambda: change_code(store, "A", study, other, label_en="Mine"),
        lambda: move_code(store, "A", study, other, codebook(store, study)["enab"]["id"]),
        lambda: archive_code(store, "A", study, other, archived=True),
        lambda: add_code(store, "A", study, parent_id=other, label_en="Mine"),
    ):
        with pytest.raises(CodebookProblem, match="no longer in the codebook"):
            attempt()
