"""Experts parted by an attribute or by the day they spoke on, counted as groups are."""

from dataclasses import replace

import pandas as pd

from coding.counts import code_counts, k_of_n
from coding.regrouping import attributes, by_attribute, by_day, has_days
from coding.segments import ALL, by_groups
from tests.coding.demo_study import demo, table


def _frames():
    """The demo with what its roster says of experts, and the days of its sessions."""
    frames = demo()
    roster = {row["expert_id"]: row for row in table("experts.csv")}
    names = ("years", "territory", "name_en", "sector")
    said = [{name: roster[key][name] for name in names} for key in frames.experts["expert_id"]]
    sources = frames.statements[["source_id"]].drop_duplicates().reset_index(drop=True)
    sources = sources.assign(key="", kind="session", title="", order=range(len(sources)))
    days = ["2022-10-11", "2022-10-13", "2022-10-18"][: len(sources)]
    sources = sources.assign(date=[*days, *[""] * (len(sources) - len(days))])
    return replace(frames, experts=frames.experts.assign(attributes=said), sources=sources)


def _counted(frames, code_id):
    counts = code_counts(frames, by_groups(frames.groups))
    return {row.segment: (row.k, row.n) for row in counts[counts["code_id"] == code_id].itertuples()}


def test_names_part_nobody_and_values_of_several_experts_do():
    assert attributes(_frames()) == ["region", "sector", "territory", "years"]


def test_columns_of_two_languages_are_one_attribute_named_in_both():
    frames = _frames()
    said = [{"town_en": "Oak" if place < 9 else "Elm", "town_ru": "Дуб" if place < 9 else "Вяз"} for place in range(20)]
    both = replace(frames, experts=frames.experts.assign(attributes=said))
    assert attributes(both) == ["region", "town_en"]
    assert by_attribute(both, "town_en").groups[["group_id", "label_en", "label_ru"]].values.tolist() == [
        ["Elm", "Elm", "Вяз"], ["Oak", "Oak", "Дуб"],
    ]  # fmt: skip
    region = [{"region_ru": f"Область {each[-1]}" if each != "capital" else ""} for each in frames.experts["region"]]
    translated = replace(frames, experts=frames.experts.assign(attributes=region))
    assert attributes(translated) == ["region"]
    parted = by_attribute(translated, "region").groups
    assert parted["label_ru"].tolist() == ["Область A", "Область B", "Область C", "capital"]
    assert parted["label_en"].tolist() == ["Region A", "Region B", "Region C", "capital"]


def test_a_value_is_counted_as_a_group_is():
    frames = _frames()
    roster = pd.DataFrame(table("experts.csv"))
    authority = roster.loc[roster["sector"] == "authority", "expert_id"]
    found = _counted(by_attribute(frames, "sector"), "prob.skills")
    assert found["authority"] == k_of_n(frames, "prob.skills", ["fed", "reg", "loc"]) == (6, len(authority))
    assert found[ALL] == (10, 20)
    assert sum(n for key, (_k, n) in found.items() if key != ALL) == 20


def test_many_numbers_are_cut_into_three_parts_of_about_as_many():
    found = _counted(by_attribute(_frames(), "years"), "prob.skills")
    sizes = [found[key][1] for key in ("low", "middle", "high")]
    assert sum(sizes) == 20
    assert min(sizes) >= 4
    parted = by_attribute(_frames(), "years")
    years = {row["expert_id"]: float(row["years"]) for row in table("experts.csv")}
    highest = max(years[key] for key in parted.experts.loc[parted.experts["group_id"] == "low", "expert_id"])
    assert all(years[key] > highest for key in parted.experts.loc[parted.experts["group_id"] == "high", "expert_id"])


def test_a_value_that_is_called_all_stands_for_those_who_have_it():
    frames = _frames()
    said = [{"reach": "all" if place < 3 else "all_" if place < 6 else "some"} for place in range(20)]
    parted = by_attribute(replace(frames, experts=frames.experts.assign(attributes=said)), "reach")
    assert parted.groups["label_en"].tolist() == ["all", "all_", "some"]
    assert [_counted(parted, "prob.skills")[key][1] for key in (*parted.groups["group_id"], ALL)] == [3, 3, 14, 20]


def test_who_has_no_value_counts_among_all_alone():
    frames = _frames()
    said = [dict(one) for one in frames.experts["attributes"]]
    said[0]["sector"] = ""
    found = _counted(
        by_attribute(replace(frames, experts=frames.experts.assign(attributes=said)), "sector"), "prob.skills"
    )
    assert found[ALL][1] == 20
    assert sum(n for key, (_k, n) in found.items() if key != ALL) == 19


def test_days_part_the_experts_who_spoke_on_them():
    frames = _frames()
    assert has_days(frames)
    parted = by_day(frames)
    assert parted.groups["label_ru"].tolist() == ["11.10.2022", "13.10.2022", "18.10.2022"]
    sizes = parted.experts["group_id"].value_counts()
    assert sizes.sum() == 20
    sessions = {row["expert_id"]: row["session"] for row in table("experts.csv")}
    assert sorted(sizes) == sorted(pd.Series(sessions).value_counts())


def test_who_spoke_on_two_days_is_counted_once():
    frames = _frames()
    first, second = frames.statements["source_id"].drop_duplicates()[:2]
    mover = frames.statements.loc[frames.statements["source_id"] == first, "expert_id"].iloc[0]
    moved = frames.statements.copy()
    place = moved.index[(moved["source_id"] == second)][0]
    moved.loc[place, "expert_id"] = mover
    parted = by_day(replace(frames, statements=moved))
    assert parted.experts.set_index("expert_id").loc[mover, "group_id"] == "several days"
    assert len(parted.experts) == 20


def test_a_roster_without_attributes_still_has_regions():
    assert attributes(demo()) == ["region"]
