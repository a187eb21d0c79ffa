"""A real roster brings its own groups; groups are renamed, emptied ones leave, several are merged for counting."""

import pytest

from coding.counts import expert_statements
from coding.segments import sizes, too_small
from survey_app.actions.bringing_in import bring_in_file, recognise_path
from survey_app.actions.groups import (
    GroupProblem,
    add_group,
    change_group,
    merge_groups,
    remove_group,
    remove_merging,
)
from survey_app.actions.people import confirm_speakers, import_roster
from survey_app.actions.results import frames_of, segmentation, segmentations
from survey_app.actions.studies import choose, create_study, need_study
from survey_app.rosters.groups import PALETTE, groups_of_roster
from survey_app.rosters.roster import UnusableRoster, propose_columns, read_roster
from survey_app.rosters.tables import read_table
from survey_app.store import experts, sources, studies
from survey_app.store.log import Gone
from tests.conftest import CORPORA

CONSULTATION = CORPORA / "digital_government_en"
OWN = (
    "name,role,group\nAnna Orlova,expert,Drivers' union\nBoris Utkin,expert,drivers' UNION\nVera Dal,expert,Водители\n"
)


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def groups(store, study):
    with store.reading() as connection:
        return {row["key"]: row for row in studies.groups(connection, study["id"])}


def bring_roster(store, study, content, *, own=True, only_used=True):
    with store.reading() as connection:
        known = studies.groups(connection, study["id"])
    table = read_table("roster.csv", content)
    columns = propose_columns(table, known)
    new = groups_of_roster(table, columns, known) if own else ()
    roster = read_roster(table, columns, [*known, *(vars_of(group) for group in new)])
    import_roster(store, "", study["id"], roster, new_groups=new, only_used_groups=only_used)
    return roster


def vars_of(group):
    return {name: getattr(group, name) for name in group.__slots__}


def test_a_roster_with_its_own_groups_brings_them_into_the_study(fresh_store):
    study = create_study(fresh_store, "", title_en="Panel")
    with pytest.raises(UnusableRoster, match="not a stakeholder group"):
        bring_roster(fresh_store, study, OWN.encode(), own=False)
    bring_roster(fresh_store, study, OWN.encode())
    found = groups(fresh_store, study)
    assert list(found) == ["drivers_union", "voditeli"]
    assert (found["drivers_union"]["label_en"], found["drivers_union"]["label_ru"]) == ("Drivers' union", "")
    assert (found["voditeli"]["label_en"], found["voditeli"]["label_ru"]) == ("", "Водители")
    assert {row["colour"] for row in found.values()} <= set(PALETTE)
    with fresh_store.reading() as connection:
        assert [row["group_key"] for row in experts.experts(connection, study["id"])] == [
            "drivers_union",
            "drivers_union",
            "voditeli",
        ]


def test_the_starters_groups_may_stay_beside_the_rosters(fresh_store):
    study = create_study(fresh_store, "", title_en="Panel")
    bring_roster(fresh_store, study, OWN.encode(), only_used=False)
    assert len(groups(fresh_store, study)) == 10
    assert len({row["colour"] for row in groups(fresh_store, study).values()}) == 10


def test_groups_that_leave_take_their_mergings_along(fresh_store):
    study = create_study(fresh_store, "", title_en="Panel")
    bring_roster(fresh_store, study, b"name,group\nAnna,fed\nBoris,civ\nVera,Drivers\n")
    found = {each.key: each for each in segmentations(fresh_store, study)}
    members = {key for each in found.values() for segment in each.segments for key in segment.group_ids}
    assert members <= {"fed", "civ", "drivers"}
    bring_roster(fresh_store, create_study(fresh_store, "", title_en="Own"), OWN.encode())
    assert [each.key for each in segmentations(fresh_store, need_study(fresh_store, "own"))] == ["by_group"]


def test_nothing_is_stored_when_an_import_fails_half_way(fresh_store):
    study = create_study(fresh_store, "", title_en="Panel")
    before = groups(fresh_store, study)
    table = read_table("roster.csv", OWN.encode())
    columns = propose_columns(table, list(before.values()))
    new = groups_of_roster(table, columns, list(before.values()))
    roster = read_roster(table, columns, [vars_of(group) for group in new])
    with pytest.raises(Exception, match="no group"):
        import_roster(fresh_store, "", study["id"], roster, new_groups=new[:1], only_used_groups=True)
    assert groups(fresh_store, study) == before


@pytest.mark.skipif(not CONSULTATION.exists(), reason="the real files are not here")
@pytest.mark.parametrize("own_words", [False, True])
def test_the_real_consultation_has_28_experts_in_five_groups_and_can_be_published(fresh_store, own_words):
    study = create_study(fresh_store, "", title_en="uberX consultation")
    content = (CONSULTATION / "uberX_participants.csv").read_text("utf-8")
    words = {"fed": "Ministries", "bus": "Companies", "civ": "Unions and drivers", "loc": "City", "sci": "Scholars"}
    for key, word in words.items() if own_words else ():
        content = content.replace(f",expert,{key},", f",expert,{word},")
    bring_roster(fresh_store, study, content.encode())
    file = next(CONSULTATION.glob("2015-08-27*.md"))
    source = bring_in_file(fresh_store, "", study, recognise_path(fresh_store, study["id"], file))
    with fresh_store.reading() as connection:
        names = sources.speakers(connection, study["id"])
        keys = {row["id"]: row["key"] for row in experts.experts(connection, study["id"])}
        assert len(keys) == 28
        assert sources.source(connection, source)["date"] == "2015-08-27"
    roles = {row["display_name"]: row["role"] for row in names}
    assert len(names) == 30
    assert sorted(roles.values()).count("expert") == 28
    assert roles["Audrey Tang"] == "moderator"
    assert roles["Ya-Ting Hsueh"] == "assistant"
    decisions = [
        {"id": row["id"], "display_name": row["display_name"], "role": row["role"],
         "expert_key": keys.get(row["expert_id"] or "", "")} for row in names
    ]  # fmt: skip
    confirm_speakers(fresh_store, "", study["id"], decisions)
    frames = frames_of(fresh_store, study["id"])
    assert expert_statements(frames)["expert_id"].nunique() == 28
    by_group = segmentation(fresh_store, study, "by_group")
    assert sorted(sizes(frames.experts, by_group).values()) == [2, 4, 5, 8, 9]
    assert len(too_small(frames.experts, by_group)) == 1
    city, ministries = ("city", "ministries") if own_words else ("loc", "fed")
    labels = {key: row["label_en"] for key, row in groups(fresh_store, study).items()}
    key = merge_groups(
        fresh_store, "", study["id"], title="Four segments",
        counted_as=labels | {city: "Authorities", ministries: "Authorities"},
    )  # fmt: skip
    merged = segmentation(fresh_store, study, key)
    assert sorted(sizes(frames.experts, merged).values()) == [4, 5, 8, 11]
    assert too_small(frames.experts, merged) == []


def test_a_group_is_renamed_and_recoloured_and_keeps_its_key(store, study):
    group = groups(store, study)["loc"]
    change_group(store, "A", study["id"], group["id"], label_en=" Towns ", short_en="Towns", colour="#332288")
    after = groups(store, study)["loc"]
    assert (after["label_en"], after["short_en"], after["colour"]) == ("Towns", "Towns", "#332288")
    shown = frames_of(store, study["id"]).groups.set_index("group_id").loc["loc"]
    assert (shown["label_en"], shown["label_ru"]) == ("Towns", group["label_ru"])


def test_a_group_needs_a_name_of_its_own_and_a_colour(store, study):
    found = groups(store, study)
    for values, says in (
        ({"label_en": " ", "label_ru": ""}, "needs a name"),
        ({"label_en": found["reg"]["label_en"].upper()}, "already a group named"),
        ({"label_en": "Town", "label_ru": found["reg"]["label_ru"]}, "already a group named"),
        ({"colour": "blue"}, "not a colour"),
    ):
        with pytest.raises(GroupProblem, match=says):
            change_group(store, "A", study["id"], found["loc"]["id"], **values)
    assert groups(store, study) == found
    with pytest.raises(GroupProblem, match="already a group named"):
        add_group(store, "A", study["id"], label_en=found["reg"]["label_en"])


def test_a_group_added_by_hand_stands_last_in_a_colour_nobody_has(store, study):
    before = groups(store, study)
    add_group(store, "A", study["id"], label_en="Trade unions", label_ru="Профсоюзы")
    after = groups(store, study)
    assert list(after) == [*before, "trade_unions"]
    assert after["trade_unions"]["colour"] not in {row["colour"] for row in before.values()}


def test_a_group_with_experts_stays_and_an_empty_one_goes(store, study):
    with pytest.raises(GroupProblem, match="has experts and stays"):
        remove_group(store, "A", study["id"], groups(store, study)["loc"]["id"])
    add_group(store, "A", study["id"], label_en="Trade unions")
    remove_group(store, "A", study["id"], groups(store, study)["trade_unions"]["id"])
    assert "trade_unions" not in groups(store, study)


def test_a_group_of_another_study_is_out_of_reach(store, study):
    other = groups(store, need_study(store, "demo-ru"))["loc"]["id"]
    with pytest.raises(Gone):
        change_group(store, "A", study["id"], other, label_en="Mine")
    with pytest.raises(Gone):
        remove_group(store, "A", study["id"], other)


def test_merging_gives_the_segments_that_are_fit_to_publish(store, study):
    names = {"fed": "Upper", "reg": "Upper", "corp": "State", "rmc": "State", "bus": "Business, science",
             "sci": "Business, science", "civ": "Civil society structures", "loc": "Local authorities"}  # fmt: skip
    key = merge_groups(store, "A", study["id"], title="Fit to publish", counted_as=names)
    merged = segmentation(store, study, key)
    frames = frames_of(store, study["id"])
    assert sorted(sizes(frames.experts, merged).values()) == [3, 3, 4, 5, 5]
    alone = next(segment for segment in merged.segments if segment.group_ids == ("loc",))
    assert (alone.key, alone.label_ru) == ("loc", groups(store, study)["loc"]["label_ru"])


def test_a_group_without_a_name_is_left_out_of_a_merging(store, study):
    key = merge_groups(store, "A", study["id"], title="Towns alone", counted_as={"loc": "Towns", "fed": " "})
    assert [segment.group_ids for segment in segmentation(store, study, key).segments] == [("loc",)]
    for title, counted in (("", {"loc": "Towns"}), ("Empty", {"loc": ""})):
        with pytest.raises(GroupProblem):
            merge_groups(store, "A", study["id"], title=title, counted_as=counted)


def test_a_merging_is_changed_in_place_and_forgotten_with_its_choice(store, study):
    key = merge_groups(store, "A", study["id"], title="Mine", counted_as={"loc": "Towns"})
    assert merge_groups(store, "A", study["id"], title="Mine", counted_as={"reg": "Regions"}, key=key) == key
    assert [segment.group_ids for segment in segmentation(store, study, key).segments] == [("reg",)]
    for taken in ("Mine", " mine "):
        with pytest.raises(GroupProblem, match="already"):
            merge_groups(store, "A", study["id"], title=taken, counted_as={"loc": "Towns"})
    assert merge_groups(store, "A", study["id"], title="Mine!", counted_as={"loc": "Towns"}) == f"{key}_2"
    choose(store, "A", study["id"], segmentation=key)
    with store.reading() as connection:
        row = next(row for row in studies.segmentations(connection, study["id"]) if row["key"] == key)
    remove_merging(store, "A", study["id"], row["id"])
    assert need_study(store, "demo-en")["choices"]["segmentation"] == "by_group"
    assert key not in {each.key for each in segmentations(store, study)}


def test_a_segment_is_never_called_as_everybody_is(store, study):
    key = merge_groups(store, "A", study["id"], title="All", counted_as=dict.fromkeys(groups(store, study), "All"))
    assert [segment.key for segment in segmentation(store, study, key).segments] != ["all"]
