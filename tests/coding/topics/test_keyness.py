"""Words of the moderator, by the log-likelihood ratio."""

import pytest
from scipy.stats import chi2_contingency

from coding.topics.keyness import CRITICAL, log_likelihood, moderators_words
from coding.topics.terms import Wording


@pytest.mark.parametrize(
    "table", [(30, 1_000, 2, 5_000), (3, 40, 0, 900), (1, 10, 99, 1_000), (500, 600, 1, 1_000)], ids=str
)
def test_the_ratio_is_that_of_scipy(table):
    one, n_one, other, n_other = table
    expected = chi2_contingency(
        [[one, n_one - one], [other, n_other - other]], correction=False, lambda_="log-likelihood"
    ).statistic
    assert log_likelihood(*table) == pytest.approx(expected)


def test_a_word_that_both_say_equally_often_has_no_keyness():
    assert log_likelihood(10, 100, 100, 1_000) == pytest.approx(0)


QUESTIONS = [
    "Следующий блок: реестры.",
    "Переходим к следующему блоку.",
    "Второй блок про порталы.",
    "И последний блок.",
]
ANSWERS = ["Реестры медленные, порталы пустые, жители жалуются в ведомство."] * 20


def test_what_only_the_moderator_says_often_is_proposed_in_its_written_form():
    (found,) = moderators_words(QUESTIONS, ANSWERS)
    assert (found.term, found.form, found.moderator, found.experts) == ("блок", "блок", 4, 0)
    assert found.keyness > CRITICAL


def test_what_experts_say_as_well_is_not_proposed():
    assert moderators_words(["Порталы и жители"] * 5, ANSWERS) == []


def test_words_said_twice_prove_nothing():
    assert moderators_words(["Блок. Блок."], ANSWERS) == []


def test_the_proposal_takes_turns_of_phrase_and_the_studys_names():
    asked = ["Please raise your hand in Smart City"] * 6
    answered = ["The register is slow and the portal is empty"] * 20
    words = {each.term for each in moderators_words(asked, answered, Wording(phrases=2, joined=("Smart City",)))}
    assert {"raise", "hand", "smart city"} <= words
    assert len(moderators_words(asked, answered, most=1)) == 1


@pytest.mark.parametrize(("asked", "answered"), [([], []), (QUESTIONS, []), ([], ANSWERS), ([None, "Да"], ["…"])])
def test_where_one_side_is_silent_nothing_is_proposed(asked, answered):
    assert moderators_words(asked, answered) == []
