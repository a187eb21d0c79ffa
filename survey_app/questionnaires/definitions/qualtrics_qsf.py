"""Qualtrics survey files (.qsf): every question that is not in the trash, block by block as the flow has them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from survey_app.questionnaires.instrument import Instrument, Item, Section
from survey_app.questionnaires.markup import plain_text
from survey_app.questionnaires.qsf_questions import MOST_ITEMS, NOT_ASKED, Question, mapping
from survey_app.questionnaires.readers import Brought
from survey_app.questionnaires.wording import pair
from survey_app.rosters.tables import UnreadableTable
from transcripts.messages import Message, counted, sentence

PLATFORM = "Qualtrics"

_MOST_NAMED = 5


def sniff(brought: Brought) -> float:
    """By the two keys that every such file has."""
    try:
        text = brought.text
    except UnreadableTable:
        return 0.0
    return 1.0 if text.lstrip()[:1] == "{" and '"SurveyEntry"' in text and '"SurveyElements"' in text else 0.0


def read(brought: Brought) -> Instrument:
    """The questionnaire. Conditions are left out with a warning. Raises UnreadableTable."""
    survey = _survey(brought)
    entry = mapping(survey.get("SurveyEntry"))
    elements = [mapping(each) for each in mapping(survey.get("SurveyElements")).values()]
    payloads = {
        str(each.get("PrimaryAttribute")): mapping(each.get("Payload"))
        for each in elements if each.get("Element") == "SQ"
    }  # fmt: skip
    blocks = _blocks(elements)
    language = str(entry.get("SurveyLanguage") or "EN")[:2].lower()
    items: list[Item] = []
    unknown: list[str] = []
    for block, keys in blocks.items() if blocks else [("", list(payloads))]:
        for key in keys:
            payload = payloads.get(key, {})
            found = Question(key, payload, language, block).items()
            items += found
            if payload and not found and payload.get("QuestionType") not in NOT_ASKED:
                unknown.append(str(payload.get("DataExportTag") or key))
            if len(items) > MOST_ITEMS:
                raise UnreadableTable(
                    sentence(
                        "{file} has more than {limit} questions. Cut it down.", file=brought.name, limit=MOST_ITEMS
                    )
                )
    shown = {key for keys in blocks.values() for key in keys} or set(payloads)
    titles = _titles(elements)
    sections = tuple(Section(key, pair(titles.get(key, ""))) for key in blocks)
    stem = PurePath(brought.name).stem
    return Instrument(
        str(entry.get("SurveyID") or stem), pair(plain_text(str(entry.get("SurveyName") or stem))), tuple(items),
        version=str(entry.get("LastModified") or ""), sections=sections,
        languages=tuple(name for place, name in enumerate(("en", "ru")) if any(each.label[place] for each in items)),
        warnings=tuple(_warnings(unknown, _conditions(elements, [payloads.get(key, {}) for key in shown]))),
    )  # fmt: skip


def _survey(brought: Brought) -> dict[str, Any]:
    try:
        return mapping(json.loads(brought.text))
    except (ValueError, RecursionError) as problem:
        raise UnreadableTable(
            sentence("{file} cannot be read as a survey of Qualtrics. Export the survey again.", file=brought.name)
        ) from problem


def _blocks(elements: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The keys of the questions of each block that people come to, in the order of the flow."""
    found: dict[str, list[str]] = {}
    for block in _all_blocks(elements):
        inside = mapping(block.get("BlockElements")).values()
        found[str(block.get("ID"))] = [
            str(mapping(each).get("QuestionID")) for each in inside if mapping(each).get("Type") == "Question"
        ]
    flow = [str(step["ID"]) for step in _steps(elements) if str(step.get("ID", "")) in found]
    return {key: found[key] for key in dict.fromkeys(flow)} if flow else found


def _all_blocks(elements: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    blocks = [mapping(block) for each in elements if each.get("Element") == "BL"
              for block in mapping(each.get("Payload")).values()]  # fmt: skip
    return [block for block in blocks if block.get("ID") and block.get("Type") != "Trash"]


def _titles(elements: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {str(block["ID"]): plain_text(str(block.get("Description") or "")) for block in _all_blocks(elements)}


def _steps(elements: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Every step of the flow, those of branches and randomizers where they stand."""
    waiting = [mapping(each.get("Payload")) for each in elements if each.get("Element") == "FL"][::-1]
    found = []
    while waiting:
        step = waiting.pop()
        found.append(step)
        waiting += [mapping(each) for each in mapping(step.get("Flow")).values()][::-1]
    return found


def _conditions(elements: list[dict[str, Any]], shown: Iterable[Mapping[str, Any]]) -> int:
    """How many questions are shown under a condition, jump elsewhere, or stand in a branch."""
    displays = sum(bool(payload.get("DisplayLogic") or payload.get("InPageDisplayLogic")) for payload in shown)
    inside = [mapping(each) for block in _all_blocks(elements) for each in mapping(block.get("BlockElements")).values()]
    skips = sum(bool(each.get("SkipLogic")) for each in inside)
    return displays + skips + sum(step.get("Type") == "Branch" for step in _steps(elements))


def _warnings(unknown: list[str], conditions: int) -> Iterable[Message]:
    if conditions:
        yield counted(
            "{count} condition of Qualtrics was not taken over: here everybody is asked.",
            "{count} conditions of Qualtrics were not taken over: here everybody is asked everything.", conditions,
        )  # fmt: skip
    if unknown:
        yield counted(
            "{count} question is of a kind that has no place here and was left out: {names}.",
            "{count} questions are of kinds that have no place here and were left out: {names}.", len(unknown),
            names=", ".join(unknown[:_MOST_NAMED]) + (", …" if len(unknown) > _MOST_NAMED else ""),
        )  # fmt: skip
