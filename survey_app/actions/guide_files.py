"""An interview guide as a file: read from YAML or from a text with a question a line, written as a template."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath

import yaml

from coding.study_files import read_yaml
from survey_app.actions.guide import GuideProblem
from transcripts.decoding import language_of
from transcripts.documents import read_document
from transcripts.messages import Message, sentence

MOST_QUESTIONS = 300
LARGEST_FILE = 2_000_000
"""Bytes of a guide."""
_NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[a-zа-яё]\)|[-–—•*])\s+", re.IGNORECASE)
Question = dict[str, str]
"""key, task, ask_en, ask_ru; the key is empty where the file names none."""


def read_guide_file(name: str, content: bytes) -> list[Question]:
    """The questions of a file. Raises GuideProblem, UnusableStudyFile and UnreadableTranscript."""
    if len(content) > LARGEST_FILE:
        raise GuideProblem(sentence("{file} is too large for an interview guide.", file=name))
    if PurePath(name).suffix.lower() in {".yaml", ".yml"}:
        found = _from_yaml(name, content)
    else:
        found = _from_lines(read_document(name, content).paragraphs)
    if not found:
        raise GuideProblem(sentence("{file} holds no question.", file=name))
    if len(found) > MOST_QUESTIONS:
        raise GuideProblem(
            sentence("{file} has more than {limit} questions. Is it the guide?", file=name, limit=MOST_QUESTIONS)
        )
    return found


def guide_as_yaml(questions: Sequence[Mapping[str, str]]) -> str:
    """The guide as a file that `read_guide_file` reads again."""
    listed = [
        {"id": row["key"], "task": row["task"], "ask": {"en": row["ask_en"], "ru": row["ask_ru"]}} for row in questions
    ]
    return yaml.safe_dump({"questions": listed}, allow_unicode=True, sort_keys=False, width=110)


def _from_yaml(name: str, content: bytes) -> list[Question]:
    """Both our short form (`questions`) and a whole interview guide (`tasks` with `open`, `closing`)."""
    document = read_yaml(content.decode("utf-8", "replace"))
    found: list[Question] = []
    if not isinstance(document, dict):
        raise GuideProblem(_unlike(name))
    entries = [(entry, "") for entry in _listed(document.get("questions"))]
    for task in _listed(document.get("tasks")):
        if isinstance(task, dict):
            entries += [(entry, str(task.get("id") or "")) for entry in _listed(task.get("open"))]
    entries += [(entry, "closing") for entry in _listed(document.get("closing"))]
    for entry, task in entries:
        if isinstance(entry, str):
            found.append(_question("", task, entry))
        elif isinstance(entry, dict) and "ask" in entry:
            asked = entry["ask"]
            words = asked if isinstance(asked, dict) else {}
            question = (
                {"key": "", "task": "", "ask_en": str(words.get("en") or ""), "ask_ru": str(words.get("ru") or "")}
                if words
                else _question("", "", str(asked or ""))
            )
            if question["ask_en"] or question["ask_ru"]:
                named = {"key": str(entry.get("id") or "")[:80], "task": str(entry.get("task") or task)}
                found.append(question | named)
    if not found:
        raise GuideProblem(_unlike(name))
    return found


def _from_lines(paragraphs: Sequence[str]) -> list[Question]:
    """A question a paragraph; where some end with a question mark, headings and notes are left out."""
    lines = [_NUMBER.sub("", paragraph).strip() for paragraph in paragraphs]
    asking = [line for line in lines if line.rstrip('»"”’ )').endswith("?")]
    return [_question("", "", line) for line in (asking or lines) if line]


def _question(key: str, task: str, words: str) -> Question:
    russian = language_of(words) == "ru"
    words = " ".join(words.split())
    return {"key": key, "task": task, "ask_en": "" if russian else words, "ask_ru": words if russian else ""}


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _unlike(name: str) -> Message:
    return sentence("{file} is not an interview guide. Download the template to see how one is written.", file=name)
