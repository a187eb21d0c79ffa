"""The structure of a LimeSurvey survey (.lss) as it stands in its file: groups, questions, answers, in every language.

Up to about DBVersion 400 every row is repeated for each language; later the texts stand in tables of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from survey_app.questionnaires.instrument import NOTHING, Words
from survey_app.questionnaires.markup import plain_text
from survey_app.questionnaires.safe_xml import rows_of, xml_root
from survey_app.questionnaires.wording import script
from survey_app.rosters.tables import UnreadableTable
from transcripts.messages import sentence

Rows = list[dict[str, str]]
Texts = Mapping[str, str]
"""A text by language."""

KIND = b"LimeSurveyDocType>Survey<"
"""What the file of a structure says of itself."""
MOST_ROWS = 100_000
"""Most rows of all tables; a survey of five hundred questions in five languages has half of them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A choice of a list; `scale` 1 is the second one of a dual scale."""

    code: str
    label: Words
    scale: int
    value: float | None
    aid: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or a subquestion; `letter` is the type in LimeSurvey's own letters."""

    qid: str
    gid: str
    letter: str
    code: str
    label: Words
    hint: Words = NOTHING
    scale: int = 0
    mandatory: bool = False
    other: bool = False
    relevance: str = ""
    lines: tuple[Asked, ...] = ()
    answers: tuple[Answer, ...] = ()
    settings: Mapping[str, Words] = field(default_factory=dict)

    def setting(self, name: str) -> str:
        """A setting that is in no language."""
        return next((words for words in self.settings.get(name, NOTHING) if words), "")


@dataclass(frozen=True, slots=True)
class Structure:
    """A survey. `groups` are id, title and relevance, in order; `questions` in the order of the groups."""

    sid: str
    languages: tuple[str, ...]
    title: Words
    consent: Words
    groups: tuple[tuple[str, Words, str], ...]
    questions: tuple[Asked, ...]


def read_structure(name: str, content: bytes) -> Structure:
    """Read a .lss file. Raises UnreadableTable."""
    tables = rows_of(xml_root(name, content))
    if KIND not in content or not any(row.get("parent_qid", "0") in {"", "0"} for row in tables.get("questions", ())):
        raise UnreadableTable(
            sentence(
                "{file} holds no questions of a LimeSurvey survey. Export the survey structure (.lss) again.",
                file=name,
            )
        )
    if sum(map(len, tables.values())) > MOST_ROWS:
        raise UnreadableTable(sentence("{file} is suspiciously large inside and was not opened.", file=name))
    return _Reading(tables).structure()


class _Reading:
    def __init__(self, tables: dict[str, Rows]) -> None:
        self._tables = tables
        settings = self._rows("surveys_languagesettings")
        survey = next(iter(self._rows("surveys")), {})
        base = survey.get("language") or next((row["language"] for row in self._rows("questions", "question_l10ns")
                                               if row.get("language")), "en")  # fmt: skip
        others = (row.get("surveyls_language", "") for row in settings)
        self._languages = tuple(dict.fromkeys([base, *filter(None, others)]))
        self._survey = survey
        self._settings: dict[str, dict[str, dict[str, str]]] = {}
        for row in self._rows("question_attributes"):
            of_question = self._settings.setdefault(row.get("qid", ""), {})
            of_question.setdefault(row.get("attribute", ""), {})[row.get("language", "")] = row.get("value", "")

    def structure(self) -> Structure:
        """Everything, in order."""
        titles = self._rows("surveys_languagesettings")
        of_survey = {name: {row.get("surveyls_language", ""): row.get(name, "") for row in titles}
                     for name in ("surveyls_title", "surveyls_policy_notice")}  # fmt: skip
        groups = self._groups()
        places = {gid: place for place, (gid, *_rest) in enumerate(groups)}
        questions = sorted(self._questions(), key=lambda asked: places.get(asked.gid, len(places)))
        asks = self._survey.get("showsurveypolicynotice", "0") not in {"", "0"}
        return Structure(
            self._survey.get("sid", "") or "survey", self._languages,
            self._words(of_survey["surveyls_title"]),
            self._words(of_survey["surveyls_policy_notice"]) if asks else NOTHING, groups, tuple(questions),
        )  # fmt: skip

    def _rows(self, *names: str) -> Rows:
        return [row for name in names for row in self._tables.get(name, [])]

    def _groups(self) -> tuple[tuple[str, Words, str], ...]:
        names = _texts(self._rows("groups", "group_l10ns"), ("gid",), "group_name")
        rows = sorted(_once(self._rows("groups"), "gid"), key=lambda row: _whole(row.get("group_order")))
        return tuple(
            (row.get("gid", ""), self._words(names.get((row.get("gid", ""),), {})), row.get("grelevance", ""))
            for row in rows
        )

    def _questions(self) -> list[Asked]:
        rows = self._rows("questions", "subquestions")
        texts = [*rows, *self._rows("question_l10ns")]
        labels, hints = _texts(texts, ("qid",), "question"), _texts(texts, ("qid",), "help")
        answers = self._answers()
        lines: dict[str, list[Asked]] = {}
        found = []
        for row in sorted(_once(rows, "qid"), key=lambda row: _whole(row.get("question_order"))):
            qid, parent = row.get("qid", ""), row.get("parent_qid", "0")
            settings = self._settings.get(qid, {})
            asked = Asked(
                qid, row.get("gid", ""), row.get("type", ""), row.get("title", "") or f"q{qid}",
                self._words(labels.get((qid,), {})), self._words(hints.get((qid,), {})),
                _whole(row.get("scale_id")), row.get("mandatory", "") == "Y", row.get("other", "") == "Y",
                row.get("relevance", ""), (), tuple(answers.get(qid, ())),
                {name: self._words(texts) for name, texts in settings.items()},
            )  # fmt: skip
            if parent in {"", "0"}:
                found.append(asked)
            else:
                lines.setdefault(parent, []).append(asked)
        return [replace(asked, lines=tuple(lines.get(asked.qid, ()))) for asked in found]

    def _answers(self) -> dict[str, list[Answer]]:
        rows, key = self._rows("answers"), ("qid", "scale_id", "code")
        later = _texts(self._rows("answer_l10ns"), ("aid",), "answer")
        earlier = _texts(rows, key, "answer")
        found: dict[str, list[Answer]] = {}
        for row in sorted(_once(rows, *key), key=lambda row: _whole(row.get("sortorder"))):
            texts = later.get((row.get("aid", ""),)) or earlier.get(tuple(row.get(name, "") for name in key), {})
            value = _whole(row.get("assessment_value"))
            found.setdefault(row.get("qid", ""), []).append(
                Answer(
                    row.get("code", ""),
                    self._words(texts),
                    _whole(row.get("scale_id")),
                    float(value),
                    row.get("aid", ""),
                )
            )
        return found

    def _words(self, texts: Texts) -> Words:
        """English and Russian; the survey's first language where it is neither, in the place of its script."""
        en = next((text for language, text in texts.items() if language.split("-")[0] == "en" and text), "")
        ru = next((text for language, text in texts.items() if language.split("-")[0] == "ru" and text), "")
        first = plain_text(texts.get(self._languages[0], "") or texts.get("", ""))
        en, ru = plain_text(en), plain_text(ru)
        return (en, ru or first) if script(first) == "ru" else (en or first, ru)


def _texts(rows: Iterable[Mapping[str, str]], key: tuple[str, ...], name: str) -> dict[tuple[str, ...], dict[str, str]]:
    """A text by what it belongs to and by language."""
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for row in rows:
        if row.get(name):
            found.setdefault(tuple(row.get(part, "") for part in key), {})[row.get("language", "")] = row[name]
    return found


def _once(rows: Rows, *key: str) -> Rows:
    """The first row of each thing, which older files repeat in every language."""
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for row in rows:
        found.setdefault(tuple(row.get(part, "") for part in key), row)
    return list(found.values())


def _whole(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,9}", text) else 0
