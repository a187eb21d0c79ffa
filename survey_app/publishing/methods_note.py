"""The methods note: how a study was done, for the methods section of an article and for whoever wants to know all.

The same blocks stand in a release, in a page of HTML and in a Word file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from survey_app.language import _, current, label, ngettext
from survey_app.publishing import method_words as words
from survey_app.publishing.coreq import Item, basis_in_words, coreq, missing
from survey_app.publishing.method_facts import MethodFacts
from survey_app.publishing.paper import Block, Heading, Paper, Paragraph, Table, as_html
from survey_app.publishing.srqr import srqr
from survey_app.publishing.study_card import Card

LITERATURE = (
    "Guest G., Namey E., Chen M. (2020). A simple method to assess and report thematic saturation in qualitative "
    "research. PLoS ONE, 15(5), e0232076.",
    "O'Brien B. C., Harris I. B., Beckman T. J., Reed D. A., Cook D. A. (2014). Standards for reporting qualitative "
    "research: A synthesis of recommendations. Academic Medicine, 89(9), 1245–1251.",
    "Tong A., Sainsbury P., Craig J. (2007). Consolidated criteria for reporting qualitative research (COREQ): A "
    "32-item checklist for interviews and focus groups. International Journal for Quality in Health Care, 19(6), "
    "349–357.",
)  # fmt: skip

WIDTHS = (4.2, 9.6, 2.8)
"""Of the columns of a checklist on paper, in cm."""

Part = dict[str, Any]
"""{head, paragraphs, table}: `table` is None or {caption, header, rows}; all of it words."""


def methods_note(facts: MethodFacts, card: Card) -> list[Part]:
    """The note in the language in force."""
    first, second = coreq(facts, card), srqr(facts, card)
    return [
        _part(_("To copy into a methods section"), _to_copy(facts, card)),
        *_agreement(facts),
        _part(_("What the authors say of limits"), [card.said("limits")]),
        _checklist(_("COREQ, item by item"), _about(first), first),
        _checklist(_("SRQR, standard by standard"), _about(second), second),
        _part(_("Literature"), LITERATURE),
    ]


def note_title(facts: MethodFacts) -> str:
    """What the note is called."""
    return _("How it was done: {study}", study=label(facts.title))


def as_paper(title: str, parts: Sequence[Part], quiet: str = "") -> Paper:
    """The note as a paper; `quiet` stands below its title."""
    blocks: list[Block] = [Paragraph(quiet, quiet=True)] if quiet else []
    for part in parts:
        blocks.append(Heading(part["head"]))
        blocks += [Paragraph(text) for text in part["paragraphs"]]
        if part["table"]:
            table = part["table"]
            widths = WIDTHS if len(table["header"]) == len(WIDTHS) else ()
            blocks.append(Table(table["caption"], table["header"], table["rows"], widths))
    return Paper(title, current(), blocks, upright=True)


def note_html(title: str, parts: Sequence[Part], quiet: str = "") -> bytes:
    """The note as one page without scripts."""
    return as_html(as_paper(title, parts, quiet))


def _to_copy(facts: MethodFacts, card: Card) -> list[str]:
    """Paragraphs in the order of an article: who, how, what became of it, with which program."""
    return [
        words.joined(words.sample(facts), words.by_segment(facts), words.setting(facts), words.languages(facts),
                     words.duration(facts), words.others_present(facts), words.repeats(facts), card.said("sampling")),
        words.joined(words.instruments(facts), words.recording(facts), words.deidentification(facts)),
        words.joined(words.units(facts), words.codebook(facts), words.derivation(facts), words.coders(facts)),
        facts.agreement.words[current()] if facts.agreement else "",
        words.joined(words.saturation(facts), card.said("stop_rule")),
        words.joined(words.quotations(facts), words.findings(facts), words.software(facts)),
        words.joined(card.said("ethics"), card.said("funding"), card.said("interests")),
    ]  # fmt: skip


def _agreement(facts: MethodFacts) -> list[Part]:
    found = facts.agreement
    if found is None:
        return [
            _part(_("Agreement of coders"),
                  [_("Not computed: no two coders have been compared on the same texts.")])
        ]  # fmt: skip
    language = current()
    rows = [list(row) for row in found.rows[language]]
    table = {"caption": _("Over whole sets of codes."), "header": list(found.header[language]), "rows": rows}
    return [_part(_("Agreement of coders"), [], table)]


def _checklist(head: str, about: str, items: Sequence[Item]) -> Part:
    header = [_("Item"), _("What is said"), _("Where it comes from")]
    rows = [[f"{one.number}. {one.name}", one.text, basis_in_words(one.basis)] for one in items]
    return _part(head, [about], {"caption": _("Item by item"), "header": header, "rows": rows})


def _about(items: Sequence[Item]) -> str:
    lacking = missing(items)
    if not lacking:
        return _("Every item is answered.")
    return ngettext("{count} item is not stated.", "{count} items are not stated.", lacking)


def _part(head: str, paragraphs: Sequence[str], table: dict[str, Any] | None = None) -> Part:
    said = [line for text in paragraphs for line in text.split("\n") if line]
    if not said and table is None:
        said = [_("Not stated.")]
    return {"head": head, "paragraphs": said, "table": table}
