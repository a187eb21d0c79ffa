"""The forest of alphas: numbers, order, words."""

import pandas as pd
import pytest

from coding.agreement import agreement
from survey_app import language
from survey_app.views import agreement_forest as forest
from survey_app.views import measures

CODES = pd.DataFrame(
    {"code_id": ["x", "y", "z"], "short": ["X1", "", "Z1"], "label_en": ["<b>Ex</b>", "Why", "Zed"],
     "label_ru": ["Икс", "Игрек", "Зет"], "order": [0, 1, 2]}
)  # fmt: skip


def judged(codes_of):
    rows = [
        (f"u{unit:02}", coder, code)
        for coder, given in codes_of.items()
        for unit, codes in enumerate(given)
        for code in (codes or [""])
    ]
    return pd.DataFrame(rows, columns=["unit", "coder", "code"])


@pytest.fixture
def prepared():
    given = {
        "A": [["x", "y"], ["x"], ["x"], [], [], ["y"], [], [], [], [], ["x"], []],
        "B": [["x", "y"], ["x"], [], [], [], ["y"], [], [], ["x"], [], ["x"], []],
    }
    return forest.prepare(agreement(judged(given), codes=["x", "y", "z"], resamples=200), CODES)


def test_lowest_alpha_first_and_none_last(prepared):
    assert prepared["code_id"].tolist() == ["x", "y", "z"]
    row = prepared.iloc[0]
    assert (row["both"], row["first"], row["second"], row["neither"]) == (3, 1, 1, 7)
    assert (row["agreeing"], row["differing"], row["units"]) == (10, 2, 12)
    assert row["low"] <= row["alpha"] <= row["high"]
    assert pd.isna(prepared.iloc[2]["alpha"])
    assert "No coder applied this code" in str(prepared.iloc[2]["reason"])


def test_what_agrees_everywhere_or_has_no_figure_is_not_drawn(prepared):
    drawn = forest.figure(prepared)
    assert [mark[0] for mark in drawn.data[0].customdata] == ["x"]
    assert "&lt;b&gt;" in drawn.layout.yaxis.ticktext[0]
    assert sorted(line.x0 for line in drawn.layout.shapes) == [0.667, 0.8]


def test_the_table_has_every_code_and_no_nan(prepared):
    table = forest.table(prepared, ("A", "B"))
    assert list(table.index.get_level_values("code_id")) == ["x", "y", "z"]
    assert table["only A"].tolist() == [1, 0, 0]
    assert not table.isin(["nan"]).any().any()
    assert table["Krippendorff's alpha"].tolist()[1:] == ["1.000", measures.NONE]
    assert table["Remark"].iloc[2] == "Not computable: No coder applied this code."
    three = forest.table(prepared, ("A", "B", "C"))
    assert three["Pairs that differ"].tolist() == [2, 0, 0]


def test_the_finding_names_the_code_on_which_coders_agree_least(prepared):
    assert "“<b>Ex</b>”" in forest.finding(prepared)
    assert "1 of 2" in forest.finding(prepared)
    assert "everywhere" in forest.finding(prepared[prepared["code_id"] == "y"])
    assert forest.finding(prepared.head(0)) == "Alpha cannot be computed for any code."
    assert forest.without(prepared) == {"No coder applied this code.": ["Z1 Zed"]}


def test_figures_are_written_as_people_write_them():
    assert measures.coefficient(-0.02) == "−0.020"
    assert measures.percent(0.97857) == "97.9 %"
    assert measures.with_interval(0.5, (0.25, 1.0)) == "0.500 (0.250 to 1.000)"
    assert measures.with_interval(None, None) == measures.NONE
    with language.use("ru"):
        assert measures.coefficient(0.9581) == "0,958"
