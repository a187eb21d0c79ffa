"""The matrix of confusions: every cell off the diagonal is there, and leads to its statements."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.language import use
from survey_app.views import confusions as view

CODES = pd.DataFrame(
    [("a", "P01", "Skills", "Кадры", 0), ("b", "P02", "Will", "Воля", 1), ("c", "P03", "Money", "Деньги", 2),
     ("d", "P04", "Law", "Право", 3)],
    columns=["code_id", "short", "label_en", "label_ru", "order"],
)  # fmt: skip


def found(*cells):
    rows = [(*cell, tuple(f"s{at}" for at in range(cell[2]))) for cell in cells]
    return pd.DataFrame(rows, columns=["code_id", "other_code_id", "n", "statement_ids"])


SOME = found(("", "", 40), ("a", "a", 9), ("a", "b", 2), ("b", "a", 1), ("c", "", 3), ("", "b", 1), ("d", "d", 5))


def tiles(figure):
    [bars] = figure.data
    return {tuple(mark): text for mark, text in zip(bars.customdata, bars.text, strict=True)}


def test_only_codes_that_were_confused_are_drawn_with_what_both_gave():
    prepared = view.prepare(SOME, CODES)
    assert tiles(view.figure(prepared)) == {
        ("a", "a"): "9", ("a", "b"): "2", ("b", "a"): "1", ("c", ""): "3", ("", "b"): "1",
    }  # fmt: skip
    assert view.figure(prepared).layout.xaxis.ticktext[-1] == "no<br>code"


def test_the_finding_is_the_pair_confused_most():
    assert view.finding(view.prepare(SOME, CODES)) == (
        "“P01 Skills” and “P02 Will” are confused most: 2 statements"
    )  # fmt: skip
    alone = view.prepare(found(("a", "", 2), ("a", "a", 1)), CODES)
    assert view.finding(alone) == "No code was taken for another; 2 were given by one of them alone"
    nothing = view.prepare(found(("a", "a", 1), ("", "", 3)), CODES)
    assert view.finding(nothing) == "No code was taken for another, and none was missed."
    assert view.figure(nothing).layout.annotations[0].text == "No code was taken for another."


def test_what_is_too_much_to_draw_is_in_the_table():
    prepared = view.prepare(SOME, CODES)
    few = view.figure(prepared, top=1)
    assert {code for pair in tiles(few) for code in pair} <= {"a", "b", "c", ""}
    assert few.layout.annotations[0].text.endswith("more in the table")
    listed = view.table(prepared)
    assert listed.index.tolist() == [("c", ""), ("a", "b"), ("b", "a"), ("", "b")]
    assert listed["Statements"].tolist() == [3, 2, 1, 1]


@pytest.mark.parametrize("dark", [False, True])
def test_it_speaks_russian_in_both_themes(dark):
    with use("ru"):
        prepared = view.prepare(SOME, CODES)
        assert "P01 Кадры" in view.finding(prepared)
        assert "P01 Кадры" in view.figure(prepared, dark=dark).layout.yaxis.ticktext


CELL = st.tuples(st.sampled_from(["", "a", "b", "c", "d"]), st.sampled_from(["", "a", "b", "c", "d"]))


@settings(deadline=None)
@given(st.dictionaries(CELL, st.integers(1, 30), max_size=12))
def test_no_confusion_is_lost(counts):
    prepared = view.prepare(found(*((*cell, n) for cell, n in counts.items())), CODES)
    off = {cell: n for cell, n in counts.items() if cell[0] != cell[1]}
    assert dict(zip(view.table(prepared).index.tolist(), view.table(prepared).iloc[:, 2], strict=True)) == off
    if off:
        drawn = tiles(view.figure(prepared))
        assert {cell: int(n) for cell, n in drawn.items() if cell[0] != cell[1]} == off
