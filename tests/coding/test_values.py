"""Values on a scale: published answers, scales, gaps, intervals, and what is refused."""

import json

import pandas as pd
import pytest
from test_coefficients import HAYES

from coding.__main__ import main
from coding.judgements import UnusableCodings
from coding.values import value_agreement

R4 = ("123321412...", "1233224125..", ".33323422513", "12332441251.")


def judgements(*coders: str) -> pd.DataFrame:
    rows = [
        (f"u{unit}", name, value)
        for name, values in zip("ABCDE", coders, strict=False) for unit, value in enumerate(values) if value != "."
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["unit", "coder", "code"])


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)]
)
def test_krippendorff_2011_c_at_every_level(level, alpha):
    found = value_agreement(judgements(*R4), level)
    assert found.alpha == pytest.approx(alpha, abs=1e-6)
    assert (found.scale, found.n_units_compared) == (["1", "2", "3", "4", "5"], 11)


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.641732), ("interval", 0.546917), ("ratio", 0.483254)])
def test_krippendorff_1980_p139(level, alpha):
    units = ["111", "122", "222", "444", "144", "222", "123", "333", "222"]
    assert value_agreement(judgements(*map("".join, zip(*units, strict=True))), level).alpha == pytest.approx(
        alpha, abs=1e-6
    )


def test_hayes_and_krippendorff_2007_with_its_interval():
    coders = ["".join(column) for column in zip(*(unit.split() for unit in HAYES.split("|")), strict=True)]
    found = value_agreement(judgements(*coders), "ordinal", resamples=2000)
    assert found.alpha == pytest.approx(0.759829, abs=1e-6)
    assert found.ci["alpha"] == pytest.approx((0.61, 0.84), abs=0.03)
    assert found.ci["ac2"][0] < found.ac2 < found.ci["ac2"][1]
    assert (found.resamples, found.degenerate) == (2000, 0)


def test_at_the_nominal_level_ac2_is_gwets_ac1():
    found = value_agreement(judgements(*R4), "nominal")
    assert (found.ac2, found.brennan_prediger) == (pytest.approx(0.775444, abs=1e-6), pytest.approx(0.772727, abs=1e-6))
    assert found.percent == pytest.approx(0.818182, abs=1e-6)


def test_near_values_agree_in_part():
    found = {level: value_agreement(judgements(*R4), level) for level in ("nominal", "ordinal", "interval")}
    assert found["nominal"].ac2 < found["ordinal"].ac2 < found["interval"].ac2
    assert found["nominal"].percent < found["ordinal"].percent


def test_ten_comes_after_nine():
    frame = judgements("123123", "123122").replace({"code": {"3": "10", "2": "9"}})
    assert value_agreement(frame, "ordinal").scale == ["1", "9", "10"]


def test_words_are_ordered_by_their_scale_and_unused_values_count_for_chance():
    words = {"1": "low", "2": "middle", "3": "high"}
    frame = judgements("12312312", "12313312")
    as_words = value_agreement(frame.replace({"code": words}), "ordinal", scale=["low", "middle", "high"])
    as_numbers = value_agreement(frame, "ordinal")
    assert (as_words.alpha, as_words.ac2) == (pytest.approx(as_numbers.alpha), pytest.approx(as_numbers.ac2))
    longer = value_agreement(frame, "ordinal", scale=["1", "2", "3", "4"])
    assert longer.alpha == pytest.approx(as_numbers.alpha)
    assert longer.ac2 != pytest.approx(as_numbers.ac2)


def test_a_unit_without_a_value_was_not_judged():
    frame = pd.concat([judgements(*R4), pd.DataFrame([("u9", "A", "")], columns=["unit", "coder", "code"])])
    assert value_agreement(frame, "interval").alpha == pytest.approx(0.849107, abs=1e-6)


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (judgements("33333333", "33333333"), "Every coder gave every unit the same value, so that nothing varies."),
        (judgements("12", "11"), "Only 2 units were seen by two coders; at least 3 are needed."),
    ],
)
def test_what_cannot_be_computed_has_a_reason(frame, words):
    found = value_agreement(frame, "ordinal", resamples=100)
    assert (found.alpha, found.ac2, found.brennan_prediger, found.ci["alpha"]) == (None,) * 4
    assert str(found.reason) == str(found.ci_reason) == words


@pytest.mark.parametrize(
    ("values", "level", "scale", "words"),
    [
        (("1a", "11"), "ordinal", None, "“a” is not a number"),
        (("14", "11"), "ordinal", ["1", "2"], "“4” is not on the scale"),
    ],
)
def test_what_is_no_value_is_named(values, level, scale, words):
    with pytest.raises(UnusableCodings, match=words):
        value_agreement(judgements(*values), level, scale=scale)


def test_negative_numbers_are_no_ratios():
    with pytest.raises(UnusableCodings, match="not negative"):
        value_agreement(judgements("12", "12").replace({"code": {"1": "-1"}}), "ratio")


def test_the_command_line_answers_for_the_level(tmp_path, capsys):
    file = tmp_path / "values.csv"
    judgements(*R4).to_csv(file, index=False)
    assert main(["agreement", str(file), "--json", "--level", "ordinal", "--bootstrap", "0"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["values"]["alpha"] == pytest.approx(0.815388, abs=1e-6)
    assert document["values"]["level"] == "ordinal"
    assert document["overall"]["alpha_nominal"] == pytest.approx(0.743421, abs=1e-6)
    assert main(["agreement", str(file), "--level", "ordinal", "--bootstrap", "0"]) == 0
    assert "values, ordinal: alpha 0.8154" in capsys.readouterr().out
