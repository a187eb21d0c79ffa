"""What a deposit package says of itself, and what of a codebook may go into it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coding.codebook import Codebook
from survey_app.language import _, language_name, ngettext, use
from survey_app.publishing.citations import Cited, apa, gost, licence_name
from survey_app.publishing.names import names_within

RUN = 6
"""So many words in a row that somebody has said are somebody's words."""
FEWEST = 4
"""A shorter statement is known by all of its words, if it has as many."""
WORDS = ("definition", "use", "avoid", "example")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the package: its name and content, what it is by language, rows of a table (None: it is none)."""

    name: str
    content: bytes
    about: dict[str, str]
    rows: int | None = None

    @property
    def kind(self) -> str:
        """What follows the last point."""
        return self.name.rpartition(".")[2].upper()


def without_words_of(
    book: Codebook, unreleased: Iterable[str], released: Iterable[str], names: Sequence[str]
) -> tuple[Codebook, int]:
    """The codebook without lines in which words of statements stand that were not released, or names of people; and
    how many lines that are. Examples of a codebook are often what somebody said."""
    betraying = runs(unreleased) - runs(released)
    dropped = 0

    def fit(text: str) -> str:
        nonlocal dropped
        lines = text.split("\n")
        kept = [line for line in lines if not (runs_within(line) & betraying or names_within(line, names))]
        dropped += len(lines) - len(kept)
        return "\n".join(kept)

    codes = []
    for code in book.codes:
        words: dict[str, Any] = {
            name: fit(getattr(code, name)) for word in WORDS for name in (f"{word}_en", f"{word}_ru")
        }
        codes.append(replace(code, **words))
    rules = tuple(replace(rule, en=fit(rule.en), ru=fit(rule.ru)) for rule in book.rules)
    return replace(book, codes=tuple(codes), rules=rules), dropped


def readme(title: Callable[[], str], first: str, cited: dict[str, Cited], contact: str, members: Sequence[Member],
           beside: dict[str, Sequence[str]]) -> str:  # fmt: skip
    """The README in both languages, `first` the study's own. `beside` are sentences on the files and on what is
    missing, by language."""
    order = sorted(cited, key=lambda language: language != first)
    parts = []
    for language in order:
        with use(language):
            parts.append(_edition(title(), language, cited[language], contact, members, beside[language]))
    return "\n\n---\n\n".join(parts) + "\n"


def _edition(
    title: str, language: str, cited: Cited, contact: str, members: Sequence[Member], beside: Sequence[str]
) -> str:
    licence = licence_name(cited.licence)
    lines = [
        f"# {_plain(title)}",
        f"*{language_name(language)}*",
        _("This package holds what was published of a study with experts, and how it was made: nothing that leads to a "
          "person. It was written by Rakurs {software}.", software=cited.software),
        "## " + _("Files"),
        _table(language, members),
        "## " + _("How the data were prepared"),
        *_prepared(),
        *beside,
        "## " + _("How to cite"),
        _plain(apa(cited)),
        _plain(gost(cited)),
        "## " + _("Licence and contact"),
        _("Licence: {licence}.", licence=licence) if licence else _("No licence is stated: ask before you use the "
                                                                     "data."),
        _("Contact: {contact}", contact=_plain(contact)) if contact else _("No contact is stated."),
    ]  # fmt: skip
    return "\n\n".join(lines)


def _prepared() -> list[str]:
    return [
        _("Transcripts, recordings, chats, the list of experts and the answers of single experts are not in the "
          "package. A quote is in it if a person released it by hand and its expert has agreed; it carries its segment "
          "and its codes and nothing else."),
        _("A segment smaller than the study's minimum is not shown, and a cell that would betray somebody is empty."),
        _("Texts that a spreadsheet would take for a formula begin with an apostrophe."),
    ]  # fmt: skip


def _table(language: str, members: Sequence[Member]) -> str:
    header = [_("File"), _("Type"), _("What it is"), _("Rows")]
    rows = [
        [f"`{each.name}`", each.kind, each.about[language], "" if each.rows is None else str(each.rows)]
        for each in members
    ]
    return "\n".join("| " + " | ".join(row) + " |" for row in (header, ["---"] * len(header), *rows))


def lines_left_out(count: int) -> str:
    """What became of a codebook's examples."""
    return ngettext(
        "{count} line of the codebook is left out, because words of somebody stand in it that were not released.",
        "{count} lines of the codebook are left out, because words of somebody stand in them that were not released.",
        count,
    )


def _plain(text: str) -> str:
    """Text of people within Markdown."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", " ".join(text.split()))


def runs(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """Every few words in a row, and all words of shorter texts."""
    found = set[tuple[str, ...]]()
    for text in texts:
        words = _words(text)
        if len(words) >= RUN:
            found |= _of_length(words, RUN)
        elif len(words) >= FEWEST:
            found.add(tuple(words))
    return found


def runs_within(line: str) -> set[tuple[str, ...]]:
    """Every few words in a row of a line, as many as `runs` may hold."""
    words = _words(line)
    return set().union(*(_of_length(words, length) for length in range(FEWEST, RUN + 1)))


def _of_length(words: Sequence[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("ё", "е"))
