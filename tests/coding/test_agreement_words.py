"""What is said beside a coefficient."""

import pytest

from coding.agreement import CodeAgreement, OverallAgreement
from coding.agreement_words import definition, meaning
from coding.values import COEFFICIENTS


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1.0, "agree everywhere"),
        (0.9999, "99 %: not below the .80"),
        (0.8, "80 %: not below the .80"),
        (0.7999, "79 %: between the .667 and the .80"),
        (0.667, "66 %: between the .667 and the .80"),
        (0.66, "66 %: below the .667"),
        (0.0, "no less than chance would bring: below the .667"),
        (-0.3, "no less than chance would bring: below the .667"),
    ],
)
def test_alpha_is_told_with_krippendorffs_bounds(value, words):
    for name in ("alpha", "alpha_masi", "alpha_ordinal", "alpha_unitizing"):
        assert words in str(meaning(name, value))


@pytest.mark.parametrize("name", ["cohen", "fleiss", "ac1", "ac2", "brennan_prediger"])
def test_other_coefficients_are_told_without_bounds_that_are_not_theirs(name):
    assert str(meaning(name, 0.9)) == "The coders reach 90 % of the agreement that chance leaves open."
    assert str(meaning(name, -0.1)) == "The coders agree no more often than chance would have it."
    assert "agree everywhere" in str(meaning(name, 1.0))


def test_percent_reminds_of_chance():
    assert (
        str(meaning("percent", 0.914))
        == "Pairs of coders say the same in 91 % of the cases; chance has its part in it."
    )


def test_every_coefficient_has_a_definition_of_one_sentence():
    shown = {
        *{"percent", "cohen", "fleiss", "alpha", "ac1", "brennan_prediger"} & set(CodeAgreement.__slots__),
        *{name for name in OverallAgreement.__slots__ if name.startswith("alpha_")},
        *COEFFICIENTS, "alpha_ordinal", "alpha_interval", "alpha_ratio", "alpha_unitizing",
    }  # fmt: skip
    for name in shown:
        text = str(definition(name))
        assert text.endswith(".")
        assert ". " not in text


def test_masi_and_percent_say_which_of_their_forms_is_meant():
    assert "1 - J * M" in str(definition("alpha_masi"))
    assert "mean over all units" in str(definition("percent"))
