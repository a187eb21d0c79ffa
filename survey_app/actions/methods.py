"""The methods note of a study, and how to cite it, in both languages: as plain data and as files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version as installed

import pandas as pd

from coding.segments import Segmentation
from survey_app.actions.method_facts import method_facts
from survey_app.actions.paper_files import as_docx
from survey_app.actions.rights import needs
from survey_app.actions.study_card import study_card
from survey_app.actions.timeless_files import timeless
from survey_app.language import LANGUAGES, _, label, use
from survey_app.publishing.citations import Cited, apa, bibtex, citation_cff, gost
from survey_app.publishing.methods import date_in_words
from survey_app.publishing.methods_note import Part, as_paper, methods_note, note_html, note_title
from survey_app.publishing.study_card import Card
from survey_app.settings import settings
from survey_app.store.log import Row, Store
from survey_app.store.team import Role


@dataclass(frozen=True, slots=True)
class Methods:
    """By language: the `titles`, the `parts` of the note, a `quiet` line below its title, and what is `cited`.
    `language` is the study's own."""

    language: str
    titles: Mapping[str, str]
    parts: Mapping[str, list[Part]]
    quiet: Mapping[str, str]
    cited: Mapping[str, Cited]

    def note(self, language: str, form: str) -> bytes:
        """The note as "docx" or "html"."""
        with use(language):
            title, parts, quiet = self.titles[language], self.parts[language], self.quiet[language]
            return (
                timeless(as_docx(as_paper(title, parts, quiet))) if form == "docx" else note_html(title, parts, quiet)
            )

    def files(self) -> dict[str, bytes]:
        """All files that stand beside a release, by their names."""
        found = {
            f"methods_{language}.{form}": self.note(language, form)
            for language in LANGUAGES
            for form in ("docx", "html")
        }
        return found | citation_files(self.cited[self.language])

    @property
    def citations(self) -> dict[str, list[dict[str, str]]]:
        """How to cite, by language: name and text of each form."""
        found = {}
        for language, cited in self.cited.items():
            with use(language):
                found[language] = [
                    {"name": "APA", "text": apa(cited)}, {"name": _("GOST R 7.0.5"), "text": gost(cited)},
                    {"name": "BibTeX", "text": bibtex(cited)},
                    {"name": "CITATION.cff", "text": citation_cff(cited, _("The authors of the study"))},
                ]  # fmt: skip
        return found


def citation_files(cited: Cited) -> dict[str, bytes]:
    """How to cite, for programs, by the names of the files."""
    with use(cited.language):
        told = citation_cff(cited, _("The authors of the study"))
    return {"CITATION.cff": told.encode(), "citation.bib": bibtex(cited).encode()}


@needs(Role.RESEARCHER)
def methods_of(
    store: Store, study: Row, merged: Segmentation, *, cells: pd.DataFrame, quotes: int, created: str,
    version: int = 0, slug: str = "",
) -> Methods:  # fmt: skip
    """The note on a study as it would be published by these segments with these cells and so many quotes.

    `created` is UTC in ISO 8601; `version` is 0 where nothing is published yet; `slug` is the name under which this
    application serves the release, "" where it does not.
    """
    facts = method_facts(store, study, merged, cells=cells, quotes=quotes)
    card = study_card(store, study["id"])
    titles, parts, quiet = {}, {}, {}
    for language in LANGUAGES:
        with use(language):
            titles[language] = note_title(facts)
            parts[language] = methods_note(facts, card)
            quiet[language] = _(
                "{date} · Rakurs {software} · codebook version {version}", date=date_in_words(created),
                software=facts.software, version=facts.codebook_version,
            )  # fmt: skip
    cited = cited_of(store, study, created=created, version=version, slug=slug)
    return Methods(study["language"] if study["language"] in LANGUAGES else "en", titles, parts, quiet, cited)


@needs(Role.RESEARCHER)
def cited_of(store: Store, study: Row, *, created: str, version: int = 0, slug: str = "") -> dict[str, Cited]:
    """What is cited, by language; as for `methods_of`."""
    card = study_card(store, study["id"])
    found = {}
    for language in LANGUAGES:
        with use(language):
            found[language] = _cited(study, card, created, version, slug, language)
    return found


def _cited(study: Row, card: Card, created: str, version: int, slug: str, language: str) -> Cited:
    address = settings().address
    return Cited(
        title=label(study, "title"), language=language, released=created, version=version,
        software=installed("survey-app"),
        authors=card.authors, url=f"{address}/r/{slug}/v{version}/" if address and slug and version else "",
        doi=card.doi, licence=card.licence, keywords=card.keywords(language), abstract=card.said("abstract"),
    )  # fmt: skip
