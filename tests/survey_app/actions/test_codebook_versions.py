"""Versions tell who changed what in a codebook, one by one and from any to any other."""

from survey_app.actions.code_merging import merge_codes
from survey_app.actions.codebook import add_code, archive_code, change_code, move_code
from survey_app.actions.codebook_undo import undo_codebook
from survey_app.actions.codebook_versions import compare_versions, versions


def said(place, older, newer):
    found = compare_versions(place.store, place.study["id"], older, newer).differences
    return [(one.kind, one.name[0], one.field, one.before, one.after) for one in found]


def newest(place):
    return versions(place.store, place.study["id"])[0]


def test_a_new_study_has_one_version_and_every_change_names_who_made_it(place):
    assert [one.verb for one in versions(place.store, place.study["id"])] == ["create_study"]
    change_code(place.store, "B", place.study["id"], place.codes["prob.skills"], label_en="Skills", colour="#123456")
    assert (newest(place).number, newest(place).person, newest(place).verb) == (2, "B", "change_code")
    assert said(place, 1, 2) == [
        ("changed", "P01 Skills", "label_en", "Skills shortage among officials", "Skills"),
        ("changed", "P01 Skills", "colour", "#D55E00", "#123456"),
    ]


def test_adding_moving_retiring_and_merging_are_said_as_such(place):
    study, ids = place.study["id"], place.codes
    add_code(place.store, "A", study, parent_id=ids["prob"], label_en="Weather")
    assert [one[:2] for one in said(place, 1, 2)] == [("added", "P16 Weather")]
    move_code(place.store, "A", study, ids["prob.skills"], ids["enab"])
    prob, enab = "Problems (hindering factors)", "Enablers (facilitating factors)"
    (moved,) = [one for one in said(place, 2, 3) if one[0] == "moved"]
    assert (moved[1], moved[3][0], moved[4][0]) == ("P01 Skills shortage among officials", prob, enab)
    archive_code(place.store, "A", study, ids["prob.low_ict"], archived=True)
    assert [one[0] for one in said(place, 3, 4)] == ["retired"]
    archive_code(place.store, "A", study, ids["prob.low_ict"], archived=False)
    assert [one[0] for one in said(place, 4, 5)] == ["brought_back"]
    merge_codes(place.store, "A", study, ids["prob.unready"], ids["prob.low_ict"])
    (merged,) = said(place, 5, 6)
    assert (merged[0], merged[1][:3], merged[4][0][:3]) == ("merged", "P03", "P02")


def test_an_undo_is_a_version_and_from_before_to_after_nothing_differs(place):
    change_code(place.store, "A", place.study["id"], place.codes["prob.skills"], label_en="Skills")
    undo_codebook(place.store, "B", place.study["id"])
    assert (newest(place).number, newest(place).kind) == (3, "undo")
    assert said(place, 1, 3) == []
    assert len(said(place, 2, 3)) == 1


def test_a_change_of_order_is_one_line(place):
    move_code(place.store, "A", place.study["id"], place.codes["prob.unready"], place.codes["prob"])
    assert [one[0] for one in said(place, 1, 2)] == ["reordered"]


def test_what_becomes_of_codings_is_counted(store):
    from survey_app.actions.studies import need_study
    from survey_app.store import codes

    study = need_study(store, "demo-en")["id"]
    with store.reading() as connection:
        found = {row["key"]: row for row in codes.codes(connection, study)}
    before = versions(store, study)[0].number
    merge_codes(store, "A", study, found["prob.skills"]["id"], found["prob.low_ict"]["id"])
    comparison = compare_versions(store, study, before, before + 1)
    assert 0 < comparison.codings <= found["prob.skills"]["codings"]
    with store.reading() as connection:
        after = {row["key"]: row for row in codes.codes(connection, study)}
    total = found["prob.skills"]["codings"] + found["prob.low_ict"]["codings"]
    assert after["prob.low_ict"]["codings"] == total - comparison.gone
