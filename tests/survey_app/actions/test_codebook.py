"""Codes are added, renamed, recoloured, moved and taken out of use; what was coded with them stays."""

import pytest

from survey_app.actions.codebook import CodebookProblem, add_code, archive_code, change_code, move_code
from survey_app.actions.results import frames_of
from survey_app.actions.studies import need_study
from survey_app.store import codebooks, codes


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


def version(store, study):
    with store.reading() as connection:
        return codebooks.version_of(connection, study)


def test_every_change_of_the_codebook_makes_a_version_and_none_makes_none(store, study):
    found, first = codebook(store, study), version(store, study)
    skills = found["prob.skills"]["id"]
    acts = [
        lambda: add_code(store, "A", study, parent_id=skills, label_en="Night shifts"),
        lambda: change_code(store, "A", study, skills, label_en="Skills"),
        lambda: move_code(store, "A", study, skills, found["enab"]["id"]),
        lambda: archive_code(store, "A", study, skills, archived=True),
    ]
    for number, act in enumerate(acts, 1):
        act()
        assert version(store, study) == first + number
    change_code(store, "A", study, skills, label_en="Skills")
    archive_code(store, "A", study, skills, archived=True)
    assert version(store, study) == first + len(acts)


def order_below(store, study, parent):
    return [row["key"] for row in codebook(store, study).values() if row["parent_key"] == parent]


def test_a_code_is_moved_among_its_siblings(store, study):
    found, before = codebook(store, study), order_below(store, study, "prob")
    move_code(store, "A", study, found[before[3]]["id"], found["prob"]["id"], before=found[before[1]]["id"])
    assert order_below(store, study, "prob")[:5] == [before[0], before[3], before[1], before[2], before[4]]
    move_code(store, "A", study, found[before[0]]["id"], found["prob"]["id"])
    assert order_below(store, study, "prob") == [before[3], before[1], before[2], *before[4:], before[0]]
    assert order_below(store, study, "enab") == [key for key in found if found[key]["parent_key"] == "enab"]


def test_a_code_comes_to_stand_where_it_is_put_below_another_parent(store, study):
    found, there = codebook(store, study), order_below(store, study, "enab")
    move_code(store, "A", study, found["prob.skills"]["id"], found["enab"]["id"], before=found[there[2]]["id"])
    assert order_below(store, study, "enab") == [*there[:2], "prob.skills", *there[2:]]
    with pytest.raises(CodebookProblem, match="order has changed"):
        move_code(store, "A", study, found[there[0]]["id"], found["prob"]["id"], before=found[there[2]]["id"])


def test_roots_change_places_among_themselves_alone(store, study):
    found = codebook(store, study)
    move_code(store, "A", study, found["role"]["id"], None, before=found["prob"]["id"])
    assert order_below(store, study, "")[:3] == ["role", "prob", "enab"]
    with pytest.raises(CodebookProblem, match="root stays"):
        move_code(store, "A", study, found["prob.skills"]["id"], None)


def test_opposites_name_each_other_and_leave_those_they_had(store, study):
    ids = {key: row["id"] for key, row in codebook(store, study).items()}
    change_code(store, "A", study, ids["prob.paper_dup"], counterpart="enab.simplify")
    opposites = {key: row["counterpart"] for key, row in codebook(store, study).items()}
    assert opposites["prob.paper_dup"] == "enab.simplify"
    assert opposites["enab.simplify"] == "prob.paper_dup"
    assert opposites["enab.paperless"] == opposites["prob.admin"] == ""
    change_code(store, "A", study, ids["enab.simplify"], counterpart="")
    assert codebook(store, study)["prob.paper_dup"]["counterpart"] == ""
    for wrong in ("enab.simplify", "nowhere", "prob"):
        with pytest.raises(CodebookProblem, match="another code in use"):
            change_code(store, "A", study, ids["enab.simplify"], counterpart=wrong)


def test_a_short_name_is_one_word_of_ones_own(store, study):
    skills = codebook(store, study)["prob.skills"]["id"]
    change_code(store, "A", study, skills, short="SKL")
    assert codebook(store, study)["prob.skills"]["short"] == "SKL"
    with pytest.raises(CodebookProblem, match="belongs to"):
        change_code(store, "A", study, skills, short="p02")
    with pytest.raises(CodebookProblem, match="one word"):
        change_code(store, "A", study, skills, short="P 01")


def test_polarity_is_a_roots_and_goes_down(store, study):
    found = codebook(store, study)
    change_code(store, "A", study, found["role"]["id"], polarity="positive")
    after = codebook(store, study).values()
    assert {row["polarity"] for row in after if row["root_key"] == "role"} == {"positive"}
    with pytest.raises(CodebookProblem, match="matter of the root"):
        change_code(store, "A", study, found["prob.skills"]["id"], polarity="positive")
    with pytest.raises(CodebookProblem, match="hinders, helps"):
        change_code(store, "A", study, found["role"]["id"], polarity="good")


def test_a_code_cites_works_that_the_codebook_lists(store, study):
    skills = codebook(store, study)["prob.skills"]["id"]
    change_code(store, "A", study, skills, literature=["001", "003", "001"])
    assert codebook(store, study)["prob.skills"]["literature"] == ["001", "003"]
    with pytest.raises(CodebookProblem, match="lists no work"):
        change_code(store, "A", study, skills, literature=["999"])
