"""LimeSurvey: the structure of a survey (.lss), with the texts of every language; also out of an archive (.lsa)."""

from __future__ import annotations

from dataclasses import replace

from survey_app.questionnaires.borrowed_rules import warnings_of
from survey_app.questionnaires.instrument import Instrument, Item, Section
from survey_app.questionnaires.lime_archive import STRUCTURE, is_archive, part_of
from survey_app.questionnaires.lime_items import KNOWN, READ_ONLY, items_of, keys_of
from survey_app.questionnaires.lime_rules import columns_of, relevance
from survey_app.questionnaires.lime_structure import KIND, Structure, read_structure
from survey_app.questionnaires.readers import Brought
from transcripts.messages import Message

PLATFORM = "LimeSurvey"


def sniff(brought: Brought) -> float:
    """Certain of a file that says so itself."""
    return 1.0 if KIND in brought.content[:2000] or is_archive(brought) else 0.0


def read(brought: Brought) -> Instrument:
    """The survey in the one model. Raises UnreadableTable."""
    content = part_of(brought, STRUCTURE) if is_archive(brought) else brought.content
    return instrument_of(read_structure(brought.name, content))


def instrument_of(structure: Structure) -> Instrument:
    """A structure in the one model; conditions that our rules cannot say are dropped, and a warning says so."""
    keys, columns = keys_of(structure.questions), columns_of(structure)
    dropped: list[str] = []

    def kept(condition: str, named: str) -> str:
        found = relevance(condition, columns)
        if found is None:
            dropped.append(named)
        return found or ""

    sections = tuple(
        Section(f"g{gid}", title, kept(condition, title[0] or title[1])) for gid, title, condition in structure.groups
    )
    items: list[Item] = []
    for asked in structure.questions:
        condition = kept(asked.relevance, asked.code)
        for item in items_of(asked, keys[asked.qid], f"g{asked.gid}"):
            items.append(item if item.parent or not condition else replace(item, relevant=condition))
    return Instrument(
        structure.sid, structure.title, tuple(items), languages=_languages(items, structure), sections=sections,
        consent=structure.consent, warnings=tuple(_warnings(structure, dropped)),
    )  # fmt: skip


def _languages(items: list[Item], structure: Structure) -> tuple[str, ...]:
    """The slots that hold texts."""
    labels = [structure.title, *(item.label for item in items)]
    return tuple(code for place, code in enumerate(("en", "ru")) if any(label[place] for label in labels)) or ("en",)


def _warnings(structure: Structure, dropped: list[str]) -> list[Message]:
    asked = structure.questions
    return warnings_of(
        dropped, [each.code for each in asked if each.letter in READ_ONLY - {"X"}],
        [each.code for each in asked if each.letter not in KNOWN],
    )  # fmt: skip
