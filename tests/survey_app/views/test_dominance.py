"""The two rankings side by side (D8), and the code that one voice carries."""

from dataclasses import replace

import pytest

from coding.segments import ALL, by_groups
from survey_app import language
from survey_app.views import dominance as view
from survey_app.views import style

from .conftest import EXPECTED
from .test_style import contrast


def prepared(frames, **which):
    return view.prepare(frames, by_groups(frames.groups), **which)


def strip(figure):
    return next(trace for trace in figure.data if trace.customdata is not None)


def words(figure):
    return [annotation.text for annotation in figure.layout.annotations]


def test_both_rankings_are_in_the_table(frames):
    listed = view.table(prepared(frames)).set_axis(
        ["code", "k", "by_k", "s", "by_s", "who", "seg", "of", "one"], axis=1
    )
    known = EXPECTED["dominance"]
    for place in (1, 2, 3):
        by_experts = listed[listed.by_k == str(place)].iloc[0]
        by_statements = listed[listed.by_s == str(place)].iloc[0]
        code, k = known["top3_codes_by_experts"][place - 1]
        assert (by_experts.name, by_experts.k) == ((code, ALL), style.k_of_n(k, 20))
        assert (by_statements.name, by_statements.s) == (
            (known["top3_codes_by_statements"][place - 1][0], ALL), known["top3_codes_by_statements"][place - 1][1],
        )  # fmt: skip


def test_the_finding_names_the_voice(english):
    assert view.finding(prepared(english)) == (
        "“Data-based management and saving” is carried by one voice: 15 of 19 statements are those of S2 (State "
        "corporations). By statements it comes first, by experts “Better quality and access of services” does (11 of "
        "20 experts)."
    )


def test_readers_hear_of_a_voice_and_not_whose(english):
    rows = prepared(english, experts=False)
    assert "15 of 19 statements are one expert's" in view.finding(rows)
    shown = view.figure(rows).to_json() + view.finding(rows) + view.table(rows).to_csv()
    assert "S2" not in shown
    assert "State corporations" not in shown
    assert "19 (15)" in words(view.figure(rows))


def test_the_first_of_either_ranking_and_the_one_voice_are_drawn(english):
    figure = view.figure(prepared(english), top=1)
    assert [tuple(mark) for mark in strip(figure).customdata] == [("enab.quality", ALL), ("enab.data", ALL)]
    assert "<b>Data-based management and saving</b>" in words(figure)
    assert "Better quality and access of services" in words(figure)
    assert "19 (S2: 15)" in words(figure)
    assert "39 more in the table" in words(figure)


def test_bars_are_the_numbers(english):
    figure = view.figure(prepared(english), top=3)
    bed, experts, statements, loudest = figure.data[:4]
    assert set(bed.x) == {20}
    assert (list(experts.x), list(statements.x), list(loudest.x)) == ([11, 10, 9, 5], [11, 13, 9, 19], [1, 3, 1, 15])


@pytest.mark.parametrize("dark", [False, True])
def test_bars_stand_out_from_the_paper(english, dark):
    figure = view.figure(prepared(english), dark=dark)
    for trace in figure.data[1:4]:
        assert contrast(trace.marker.color, style.palette(dark).paper) >= 3


def test_without_a_loud_voice_it_says_so(english):
    quieter = replace(english, statements=english.statements[english.statements.expert_id != "S2"])
    assert view.finding(prepared(quieter)) == "No code is carried by one voice."


@pytest.mark.parametrize("dark", [False, True])
def test_without_codings_it_says_so(english, dark):
    rows = prepared(replace(english, codings=english.codings.head(0)))
    assert words(view.figure(rows, dark=dark)) == ["No expert's words have a code yet."]
    assert view.finding(rows) == "No expert's words have a code yet."
    assert set(view.table(rows)["place by experts"]) == {"–"}


def test_names_follow_the_language_in_force(english):
    rows = prepared(english)
    with language.use("ru"):
        assert "Управление на данных и экономия" in view.table(rows).iloc[:, 0].tolist()
