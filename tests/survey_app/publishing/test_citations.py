"""Citations in the standards' own patterns, with and without authors, whatever signs stand in a title."""

import re
from dataclasses import replace
from datetime import date

import pytest
import yaml

from survey_app.language import use
from survey_app.publishing.citations import Cited, apa, bibtex, citation_cff, gost
from survey_app.publishing.study_card import Author

ANNA = Author(
    "Ivanova", "Anna Petrovna", "Иванова", "Анна Петровна", "0000-0002-1825-0097", "University", "Университет"
)
BORIS = Author("Smirnov", "Jean-Luc", "Смирнов", "Борис В.")
ENGLISH = Cited(
    "Expert panel.", "en", "2026-03-01T10:00:00+00:00", 2, "0.1.0", (ANNA, BORIS), "https://example.org/r/panel/v2/"
)
RUSSIAN = replace(ENGLISH, title="Экспертная панель", language="ru")
ORCID = re.compile(r"https://orcid\.org/[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]")


def in_russian(write, cited, *more):
    with use("ru"):
        return write(cited, *more)


def in_english(write, cited, *more):
    with use("en"):
        return write(cited, *more)


def test_apa_names_authors_year_version_and_kind():
    assert in_english(apa, ENGLISH) == (
        "Ivanova, A. P., & Smirnov, J.-L. (2026). Expert panel (Version 2) [Data set]. https://example.org/r/panel/v2/"
    )


def test_apa_without_authors_begins_with_the_title():
    assert in_english(apa, replace(ENGLISH, authors=(), doi="10.5281/zenodo.1234")) == (
        "Expert panel (Version 2) [Data set]. (2026). https://doi.org/10.5281/zenodo.1234"
    )


def test_apa_lists_twenty_authors_and_of_more_the_first_nineteen_and_the_last():
    many = tuple(Author(f"Author{n}", "A") for n in range(1, 22))
    twenty = in_english(apa, replace(ENGLISH, authors=many[:20]))
    assert "Author19, A., & Author20, A. (2026)" in twenty
    assert "Author19, A., ... Author21, A. (2026)" in in_english(apa, replace(ENGLISH, authors=many))


def test_gost_puts_up_to_three_authors_first():
    assert in_russian(gost, RUSSIAN).startswith("Иванова А. П., Смирнов Б. В. Экспертная панель [")
    assert in_english(gost, ENGLISH) == (
        "Ivanova A. P., Smirnov J.-L. Expert panel [Electronic resource]. Version 2. 2026. "
        "URL: https://example.org/r/panel/v2/ (accessed: 01.03.2026)."
    )


def test_gost_of_more_authors_begins_with_the_title_and_of_none_too():
    four = replace(ENGLISH, authors=(ANNA, BORIS, ANNA, BORIS), url="")
    assert in_english(gost, four) == (
        "Expert panel [Electronic resource] / A. P. Ivanova [et al.]. Version 2. 2026."
    )  # fmt: skip
    assert in_english(gost, replace(ENGLISH, authors=(), url="", version=0)) == (
        "Expert panel [Electronic resource]. 2026."
    )  # fmt: skip


def test_an_author_without_names_in_a_language_is_called_as_in_the_other():
    only_russian = Author(family_ru="Иванова", given_ru="Анна")
    assert in_english(apa, replace(ENGLISH, authors=(only_russian,))).startswith("Иванова, А. (2026).")


def test_bibtex_escapes_what_has_a_meaning_and_leaves_every_brace_closed():
    wild = replace(ENGLISH, title=r"50 % & {more} \ $5_a ~ #1", authors=(Author("Smith and Sons", "A, B"), ANNA))
    written = in_english(bibtex, wild)
    assert r"title = {{50 \% \& \textbraceleft{}more\textbraceright{} \textbackslash{} \$5\_a " in written
    assert "author = {{Smith and Sons}, {A, B} and Ivanova, Anna Petrovna}" in written
    depth = 0
    for sign in written:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
    assert written.startswith("@misc{smithandsons2026,")


def test_bibtex_keeps_addresses_and_dois_as_they_are():
    written = in_english(bibtex, replace(ENGLISH, doi="10.5281/zenodo_1"))
    assert "doi = {10.5281/zenodo_1}" in written
    assert "url = {https://doi.org/10.5281/zenodo_1}" in written


def test_a_bibtex_key_is_latin_whatever_the_author_s_script():
    assert in_russian(bibtex, RUSSIAN).startswith("@misc{ivanova2026,")
    assert in_russian(bibtex, replace(RUSSIAN, authors=())).startswith("@misc{")


@pytest.mark.parametrize("title", ["a: b #c", "- yes", "'quoted' \"twice\"", "no", "Ход\nстрок {x} & %", "*anchor"])
def test_cff_is_yaml_that_says_the_same_back(title):
    told = yaml.safe_load(in_english(citation_cff, replace(ENGLISH, title=title), "Nobody"))
    assert told["title"] == title


def test_cff_has_what_version_1_2_0_asks_for():
    cited = replace(
        RUSSIAN, authors=(ANNA, ANNA, BORIS), doi="10.5281/zenodo.1234", licence="CC-BY-4.0", keywords=("эксперты",)
    )
    told = yaml.safe_load(in_russian(citation_cff, cited, "Никто"))
    assert told["cff-version"] == "1.2.0"
    assert told["type"] == "dataset"
    assert told["date-released"] == date(2026, 3, 1)
    assert (told["version"], told["license"], told["keywords"]) == ("2", "CC-BY-4.0", ["эксперты"])
    assert told["doi"] == "10.5281/zenodo.1234"
    assert told["url"].startswith("https://")
    assert told["message"]
    assert [one["family-names"] for one in told["authors"]] == ["Иванова", "Смирнов"]  # each author once
    assert ORCID.fullmatch(told["authors"][0]["orcid"])
    allowed = {"family-names", "given-names", "affiliation", "orcid"}
    assert all(set(one) <= allowed and all(one.values()) for one in told["authors"])


def test_cff_without_authors_names_an_entity_since_it_must_name_somebody():
    bare = replace(ENGLISH, authors=(), url="", version=0)
    told = yaml.safe_load(in_english(citation_cff, bare, "Authors of the study"))
    assert told["authors"] == [{"name": "Authors of the study"}]
    assert not {"version", "url", "doi", "license", "keywords", "abstract"} & set(told)


def test_a_doi_that_the_format_does_not_know_stands_as_an_address():
    odd = replace(ENGLISH, url="", doi="10.1002/(sici)1099<1::aid>3.0.co;2-#")
    told = yaml.safe_load(in_english(citation_cff, odd, "Nobody"))
    assert "doi" not in told
    assert told["url"] == f"https://doi.org/{odd.doi}"
