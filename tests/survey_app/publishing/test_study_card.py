"""What may stand on a study card, and that nothing else gets through, wherever it comes from."""

import pytest

from survey_app.language import use
from survey_app.publishing.study_card import (
    COREQ_ASKED,
    LONGEST,
    SRQR_ASKED,
    Author,
    Card,
    CardProblem,
    checked,
    merged,
    read_card,
    write_card,
)

FULL = Card(
    {"ethics": ("Approved.", "Одобрено."), "funding": ("None.", "")}, (Author("Ivanova", "Anna", orcid="0000-0002-1825-0097"),),
    "anna@example.org", "CC-BY-4.0", "10.5281/zenodo.1234", ("experts",), ("эксперты",),
)  # fmt: skip


def test_it_asks_for_the_items_that_a_study_does_not_know():
    assert sorted(COREQ_ASKED.values()) == [*range(1, 12), 20, 22, 23, 28, 30]
    assert set(SRQR_ASKED.values()) == {2, 3, 4, 7, 9, 18, 19, 20, 21}


def test_a_card_is_kept_and_read_again():
    assert read_card(write_card(checked(FULL))) == checked(FULL)


def test_idle_white_space_goes_paragraphs_stay():
    card = checked(Card({"ethics": ("  Asked.\n\n   Answered.  ", " \n ")}, contact="  a\n b "))
    assert card.words == {"ethics": ("Asked.\nAnswered.", "")}
    assert card.contact == "a b"


def test_a_text_in_one_language_serves_both():
    with use("ru"):
        assert (FULL.said("ethics"), FULL.said("funding"), FULL.said("limits")) == ("Одобрено.", "None.", "")


@pytest.mark.parametrize(
    ("card", "says"),
    [
        (Card({"ethics": ("x" * (LONGEST + 1), "")}), "longer than 2000 characters"),
        (Card(contact="x" * 201), "longer than 200 characters"),
        (Card(doi="doi.org/here"), "is no DOI"),
        (Card(licence="WTFPL"), "none of the licences"),
        (Card(authors=(Author(given_en="Anna"),)), "needs a family name"),
        (Card(authors=tuple(Author(f"A{n}") for n in range(31))), "at most 30 authors"),
        (Card(keywords_ru=tuple(f"слово {n}" for n in range(21))), "at most 20 keywords"),
        (Card(authors=(Author("A", orcid="0000-0002-1825-0098"),)), "is no ORCID"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(card, says):
    with pytest.raises(CardProblem, match=says):
        checked(card)


def test_the_last_sign_of_an_orcid_is_a_check_of_the_others():
    """The example of orcid.org, and one whose check is X."""
    for orcid in ("0000-0002-1825-0097", "https://orcid.org/0000-0002-9079-593x"):
        (author,) = checked(Card(authors=(Author("A", orcid=orcid),))).authors
        assert author.orcid in {"0000-0002-1825-0097", "0000-0002-9079-593X"}


@pytest.mark.parametrize("written", ["https://doi.org/10.5281/zenodo.1", "doi:10.5281/zenodo.1", " 10.5281/zenodo.1 "])
def test_a_doi_loses_its_address(written):
    assert checked(Card(doi=written)).doi == "10.5281/zenodo.1"


@pytest.mark.parametrize(
    "kept",
    [
        None, 7, "card", [], {"words": 5}, {"words": {"ethics": "x", "limits": [1, 2], "other": ["a", "b"]}},
        {"authors": ["x", {"family_en": 5, "password": "p"}], "licence": "MIT", "keywords_en": "ab", "doi": None},
    ],
)  # fmt: skip
def test_a_foreign_value_in_the_store_is_an_empty_card(kept):
    card = read_card(kept)
    assert card.words == {}
    assert not card.texts()
    assert card.licence == ""


def test_two_who_fill_in_different_parts_both_keep_theirs():
    hers = Card({"ethics": ("Hers.", "")}, contact="she")
    his = Card({"funding": ("His.", "")})
    both = merged(merged(Card(), Card(), hers), Card(), his)
    assert both.words == {"ethics": ("Hers.", ""), "funding": ("His.", "")}
    assert both.contact == "she"


def test_what_is_emptied_goes():
    assert merged(FULL, FULL, Card()).words == {}
