"""One loud expert is seen behind a code (D8), and where it begins to count."""

from dataclasses import replace

import pytest
from demo_study import EXPECTED, demo

from coding.counts import mentions
from coding.dominance import voices


def rows_of(frames, **which):
    return voices(frames, **which).set_index("code_id")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_loudest_expert_of_the_demo_carries_one_code(language):
    rows = rows_of(demo(language)).drop(index=["prob", "enab", "role", "plat", "prin", "targ"])
    assert rows.index[rows.one_voice].tolist() == ["enab.data"]
    data = rows.loc["enab.data"]
    assert (data.top_expert, data.top_statements, data.statements, data.k, data.n) == ("S2", 15, 19, 5, 20)


def test_both_rankings_are_known():
    rows, known = rows_of(demo()), EXPECTED["dominance"]
    for place, name, counted in (
        ("place_by_experts", "top3_codes_by_experts", "k"),
        ("place_by_statements", "top3_codes_by_statements", "statements"),
    ):
        first = rows[rows[place].between(1, 3)].sort_values(place)
        assert [[code, count] for code, count in first[counted].items()] == known[name]
        assert first[place].tolist() == [1, 2, 3]


def test_counts_are_those_of_every_chart():
    rows = rows_of(demo())
    for code, known in EXPECTED["expert_level"].items():
        assert (rows.k[code], rows.n[code]) == (known["k"], known["n"])
        assert rows.statements[code] == EXPECTED["statement_level"].get(code, 0)


def test_without_the_loudest_the_code_falls():
    frames = demo()
    rows = rows_of(replace(frames, statements=frames.statements[frames.statements.expert_id != "S2"]))
    assert not rows.loc["enab.data", "one_voice"]
    assert rows.place_by_statements["enab.data"] > 3
    top = rows[rows.place_by_statements > 0].statements.sort_values(ascending=False).head(4).to_dict()
    assert top == {code: n for code, n in EXPECTED["statement_level_without_S2"].items() if code in top}


def said_by(frames, code, *experts):
    """The demo with so many statements of the code, one for each expert that is named."""
    own = mentions(frames)
    keep = own.loc[own["code_id"].eq("enab.quality"), "statement_id"].tolist()[: len(experts)]
    statements = frames.statements[frames.statements["statement_id"].isin(keep)].copy()
    statements["expert_id"] = list(experts)
    codings = frames.codings.assign(code_id=frames.codings["code_id"].replace("enab.quality", code))
    return replace(frames, statements=statements, codings=codings)


@pytest.mark.parametrize(
    ("experts", "flagged"),
    [
        (["L1", "L1", "L1", "L2"], False),  # three statements are one long turn
        (["L1", "L1", "L1", "L1"], True),
        (["L1", "L1", "L1", "L1", "F1", "F2", "B1", "B2"], True),  # exactly half
        (["L1", "L1", "L1", "L1", "F1", "F2", "B1", "B2", "C1"], False),
    ],
)
def test_from_half_and_from_four_statements_on_it_is_one_voice(experts, flagged):
    rows = rows_of(said_by(demo(), "enab.quality", *experts))
    assert rows.loc["enab.quality", ["top_expert", "one_voice"]].tolist() == ["L1", flagged]


def test_of_equals_the_first_on_the_roster_is_named_and_places_are_shared():
    rows = rows_of(said_by(demo(), "enab.quality", "N1", "C1"))
    roster = demo().experts["expert_id"].tolist()
    assert rows.top_expert["enab.quality"] == min(("N1", "C1"), key=roster.index)
    assert rows.place_by_experts["enab.quality"] == 1


def test_what_nobody_says_has_no_place_and_no_voice():
    rows = rows_of(demo())
    assert rows.loc["targ.docflow", ["k", "statements", "top_expert", "place_by_experts"]].tolist() == [0, 0, "", 0]
    assert not rows.one_voice["targ.docflow"]
    assert rows_of(replace(demo(), codings=demo().codings.head(0))).top_statements.sum() == 0
