"""How to cite a release: APA 7, GOST R 7.0.5-2008, BibTeX and CITATION.cff, each escaped as its format asks.

APA follows the pattern of data sets (Publication Manual, 7th ed., section 10.9): Author, A. A. (year). *Title* (Version
n) [Data set]. URL. GOST follows electronic resources of remote access (section 10 of the standard). CFF is
that of version 1.2.0 (doi:10.5281/zenodo.5171937).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml
from anyascii import anyascii

from survey_app.language import _
from survey_app.publishing.study_card import LICENCES, Author

MOST_IN_APA = 20
"""Authors that APA lists; of more, the first 19 and the last."""
MOST_IN_GOST = 3
_BIBTEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
"""BibTeX counts braces even behind a backslash, so none may be left."""
_CFF_DOI = re.compile(r"10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+")


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited, in the `language` in force. `released` is the day (ISO 8601); `version` 0 where nothing is
    published yet; `url` and `doi` may be ""."""

    title: str
    language: str
    released: str
    version: int
    software: str
    authors: tuple[Author, ...] = ()
    url: str = ""
    doi: str = ""
    licence: str = ""
    keywords: tuple[str, ...] = ()
    abstract: str = ""

    @property
    def year(self) -> str:
        """The year of the release."""
        return self.released[:4]

    @property
    def address(self) -> str:
        """The DOI as an address, else the address of the page."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url


def apa(cited: Cited) -> str:
    """APA 7; without authors the title goes first."""
    version = " " + _("(Version {version})", version=cited.version) if cited.version else ""
    title = f"{_bare(cited.title)}{version} [{_('Data set')}]."
    names = _apa_names([_apa_name(one, cited.language) for one in cited.authors])
    head = f"{names} ({cited.year}). {title}" if names else f"{title} ({cited.year})."
    return f"{head} {cited.address}".rstrip()


def gost(cited: Cited) -> str:
    """GOST R 7.0.5-2008; up to three authors go first, of more the first stands behind the title."""
    names = [_gost_name(one, cited.language) for one in cited.authors]
    head, after = "", ""
    if 0 < len(names) <= MOST_IN_GOST:
        head = ", ".join(names) + " "
    elif names:
        after = f" / {_gost_after(cited.authors[0], cited.language)} [{_('et al.')}]"
    version = _("Version {version}.", version=cited.version) + " " if cited.version else ""
    written = f"{head}{_bare(cited.title)} [{_('Electronic resource')}]{after}. {version}{cited.year}."
    if cited.doi:
        return f"{written} DOI: {cited.doi}"
    if not cited.url:
        return written
    return f"{written} URL: {cited.url} ({_('accessed: {date}', date=_day(cited.released))})."


def bibtex(cited: Cited) -> str:
    """An entry @misc, which every style knows; signs with a meaning in BibTeX are escaped, titles keep their case."""
    first = cited.authors[0].named("en")[0] if cited.authors else cited.title.split(" ")[0]
    key = re.sub(r"[^a-z0-9]+", "", anyascii(first).lower())[:30] or "rakurs"
    fields = {
        "author": " and ".join(_bibtex_name(one, cited.language) for one in cited.authors),
        "title": f"{{{_tex(cited.title)}}}",
        "year": cited.year,
        "month": str(int(cited.released[5:7])),
        "version": str(cited.version or ""),
        "howpublished": _tex(f"Rakurs {cited.software}"),
        "doi": cited.doi,
        "url": _bibtex_url(cited.address),
        "keywords": _tex(", ".join(cited.keywords)),
        "language": "russian" if cited.language == "ru" else "english",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{key}{cited.year}," + "\n" + ",\n".join(lines) + "\n}\n"


def citation_cff(cited: Cited, nobody: str) -> str:
    """CITATION.cff, written by a YAML writer; `nobody` stands for the authors, who are asked for, where none signed."""
    told: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": _("If you use these data, please cite them as below."),
        "title": cited.title,
        "type": "dataset",
        "authors": _cff_authors(cited) or [{"name": nobody}],
        "date-released": date.fromisoformat(cited.released[:10]),
    }
    extra = {
        "version": str(cited.version or ""), "doi": cited.doi if _CFF_DOI.fullmatch(cited.doi) else "",
        "url": cited.url or (cited.address if not _CFF_DOI.fullmatch(cited.doi) else ""), "license": cited.licence,
        "keywords": list(cited.keywords), "abstract": cited.abstract,
    }  # fmt: skip
    told |= {name: value for name, value in extra.items() if value}
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=110)


def licence_name(key: str) -> str:
    """A licence as people call it."""
    return LICENCES.get(key, "")


def _apa_name(author: Author, language: str) -> str:
    family, given = author.named(language)
    return f"{family}, {_initials(given, ' ')}" if given else family


def _apa_names(names: Sequence[str]) -> str:
    if len(names) > MOST_IN_APA:
        return ", ".join(names[: MOST_IN_APA - 1]) + f", ... {names[-1]}"
    return ", ".join(names[:-1]) + f", & {names[-1]}" if len(names) > 1 else "".join(names)


def _gost_name(author: Author, language: str) -> str:
    family, given = author.named(language)
    return f"{family} {_initials(given, ' ')}" if given else family


def _gost_after(author: Author, language: str) -> str:
    """Behind the slash initials go first."""
    family, given = author.named(language)
    return f"{_initials(given, ' ')} {family}" if given else family


def _initials(given: str, between: str) -> str:
    """ "Anna-Maria Ivanovna" -> "A.-M. I." """
    names = [[part for part in name.split("-") if part] for name in given.replace(".", " ").split()]
    return between.join("-".join(f"{part[0].upper()}." for part in parts) for parts in names if parts)


def _bibtex_name(author: Author, language: str) -> str:
    family, given = author.named(language)
    parts = [f"{{{_tex(one)}}}" if re.search(r"\band\b|,", one) else _tex(one) for one in (family, given) if one]
    return ", ".join(parts) if given else f"{{{_tex(family)}}}"


def _bibtex_url(address: str) -> str:
    """Signs that would end the field stand in an address as they may: by their numbers."""
    return "".join(f"%{ord(sign):02X}" if sign in "{}\\" else sign for sign in address)


def _tex(text: str) -> str:
    return "".join(_BIBTEX.get(sign, sign) for sign in " ".join(text.split()))


def _cff_authors(cited: Cited) -> list[dict[str, str]]:
    """Each once, as the schema asks."""
    found = list[dict[str, str]]()
    for author in cited.authors:
        told = _cff_author(author, cited.language)
        found += [told] if told not in found else []
    return found


def _cff_author(author: Author, language: str) -> dict[str, str]:
    family, given = author.named(language)
    told = {
        "family-names": family, "given-names": given, "affiliation": author.affiliation(language),
        "orcid": f"https://orcid.org/{author.orcid}" if author.orcid else "",
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}


def _bare(title: str) -> str:
    return " ".join(title.split()).rstrip(".")


def _day(written: str) -> str:
    return date.fromisoformat(written[:10]).strftime("%d.%m.%Y")
