"""A question of a Qualtrics survey file as items: what its type, its choices and its answers say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from survey_app.questionnaires.instrument import (
    DATE,
    LIKERT,
    MULTI,
    NOTE,
    NUMERIC,
    OPEN,
    RANK,
    SINGLE,
    Item,
    Option,
    Words,
)
from survey_app.questionnaires.markup import plain_text
from survey_app.questionnaires.scales import propose_scale, says_nothing
from survey_app.questionnaires.wording import pair

MOST_ITEMS = 5000
NOT_ASKED = {"Meta", "Timing", "Captcha"}
"""What Qualtrics notes down without asking."""
_SEVERAL = {"MAVR", "MAHR", "MACOL", "MSB"}
_SUBJECTS = {"ValidNumber": NUMERIC, "ValidDate": DATE}
_FEWEST_POINTS = 3


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it stands in the file; `language` is that of its texts (en, ru, or another)."""

    key: str
    payload: Mapping[str, Any]
    language: str
    section: str = ""
    before: Words = ("", "")

    def items(self) -> tuple[Item, ...]:
        """The question, with its lines behind it; () for a type that has no place here."""
        kind = str(self.payload.get("QuestionType"))
        make = _TYPES.get(kind)
        return tuple(islice(make(self), MOST_ITEMS + 1)) if make is not None else ()

    @property
    def label(self) -> Words:
        """The question, behind the one that it is a part of."""
        asked = self.words("QuestionText")
        return _joined(self.before, asked)

    def words(self, *path: str) -> Words:
        """A text of the question in English and Russian, without markup."""
        texts = {self.language: _text(self.payload, path)}
        for language, other in mapping(self.payload.get("Language")).items():
            texts.setdefault(language[:2].lower(), _text(mapping(other), path))
        english, russian = texts.get("en", ""), texts.get("ru", "")
        both, neither = bool(english and russian), not (english or russian)
        if neither or (self.language in {"en", "ru"} and not both):
            return pair(texts[self.language])
        return english, russian

    def setting(self, name: str) -> Any:
        """What must hold of an answer."""
        return mapping(mapping(self.payload.get("Validation")).get("Settings")).get(name)

    @property
    def required(self) -> bool:
        """Whether it must be answered."""
        return self.setting("ForceResponse") == "ON"

    def ordered(self, what: str) -> list[tuple[str, Words, Mapping[str, Any]]]:
        """Id, words and the rest of every choice ("Choices") or column of a matrix ("Answers"), as people see them."""
        found = mapping(self.payload.get(what))
        order = self.payload.get("ChoiceOrder" if what == "Choices" else "AnswerOrder")
        wanted = [str(each) for each in order if str(each) in found] if isinstance(order, list) else []
        return [
            (key, self.words(what, key, "Display"), mapping(found[key])) for key in dict.fromkeys(wanted or list(found))
        ]

    def item(self, kind: str, **more: Any) -> Item:
        """The question itself."""
        return Item(self.key, kind, self.label, section=self.section, required=self.required, **more)


def mapping(value: Any) -> dict[str, Any]:
    """A dictionary of the file, also where it stands as a list, as PHP writes them; {} for anything else."""
    if isinstance(value, list):
        return {str(place): each for place, each in enumerate(value)}
    return value if isinstance(value, dict) else {}


def _text(payload: Mapping[str, Any], path: tuple[str, ...]) -> str:
    found: Any = payload
    for part in path:
        found = mapping(found).get(part)
    return plain_text(str(found)) if isinstance(found, str | int | float) else ""


def _joined(one: Words, other: Words) -> Words:
    return (
        " - ".join(filter(None, (one[0], other[0]))) if one[0] or not one[1] else other[0],
        " - ".join(filter(None, (one[1], other[1]))) if one[1] or not one[0] else other[1],
    )


def _picked(question: Question, what: str) -> tuple[Option, ...]:
    """Options of which several are chosen or ranked: columns of answers bear their ids."""
    return tuple(
        Option(key, words, float(place), other=_is_other(choice))
        for place, (key, words, choice) in enumerate(question.ordered(what), 1)
    )


def _points(question: Question, what: str) -> tuple[Option, ...]:
    """Options of which one is chosen, under the numbers that exports write for them: recoded, else their ids."""
    codes = mapping(question.payload.get("RecodeValues"))
    found = []
    for place, (key, words, choice) in enumerate(question.ordered(what), 1):
        value = _number(codes.get(key, key))
        silent = any(says_nothing(word) for word in words if word)
        number = float(place) if value is None else value
        words = words if any(words) else (f"{number:g}", f"{number:g}")
        found.append(Option(f"{number:g}", words, number, other=_is_other(choice), cannot_say=silent))
    if len({option.key for option in found}) < len(found):
        found = [replace(option, key=f"{place}", value=float(place)) for place, option in enumerate(found, 1)]
    return tuple(found)


def _kind(options: tuple[Option, ...]) -> tuple[str, tuple[Option, ...]]:
    """A scale in the order of its values, or a choice as it stands."""
    points = [option for option in options if not option.cannot_say]
    for place in (0, 1):
        words = [option.label[place] for option in points]
        if len(words) >= _FEWEST_POINTS and all(words) and propose_scale(words):
            return LIKERT, tuple(sorted(options, key=lambda option: option.value))
    return SINGLE, options


def _is_other(choice: Mapping[str, Any]) -> bool:
    return str(choice.get("TextEntry", "")).lower() in {"true", "1", "on"}


def _number(value: Any) -> float | None:
    try:
        found = float(str(value))
    except ValueError:
        return None
    return found if abs(found) < 1e9 else None


def _multiple_choice(question: Question) -> Iterator[Item]:
    selector = question.payload.get("Selector")
    if selector == "NPS":
        yield question.item(NUMERIC, lowest=0.0, highest=10.0)
    elif selector in _SEVERAL:
        ranged = question.setting("Type") == "ChoiceRange"
        fewest, most = (_number(question.setting(name)) if ranged else None for name in ("MinChoices", "MaxChoices"))
        yield question.item(MULTI, options=_picked(question, "Choices"), fewest=int(fewest or 0), most=int(most or 0))
    else:
        kind, options = _kind(_points(question, "Choices"))
        yield question.item(kind, options=options)


def _text_entry(question: Question) -> Iterator[Item]:
    selector = question.payload.get("Selector")
    if selector == "FORM":
        yield from _with_lines(question, question.item(OPEN))
        return
    content = question.setting("ContentType") if question.setting("Type") == "ContentType" else None
    limits = mapping(question.setting("ValidNumber"))
    yield question.item(
        _SUBJECTS.get(str(content), OPEN), long=selector in {"ML", "ESTB"},
        lowest=_number(limits.get("Min")) if content == "ValidNumber" else None,
        highest=_number(limits.get("Max")) if content == "ValidNumber" else None,
    )  # fmt: skip


def _with_lines(question: Question, parent: Item) -> Iterator[Item]:
    """A question with a line for each of its choices."""
    yield parent
    for key, words, _choice in question.ordered("Choices"):
        yield Item(
            f"{parent.key}.{key}", parent.kind, words, section=parent.section, parent=parent.key, lowest=parent.lowest,
            highest=parent.highest, required=parent.required,
        )  # fmt: skip


def _matrix(question: Question) -> Iterator[Item]:
    kinds = {"Likert": SINGLE, "Bipolar": LIKERT, "TE": OPEN, "CS": NUMERIC, "RO": RANK}
    kind = kinds.get(str(question.payload.get("Selector")))
    if kind in {SINGLE, LIKERT} and question.payload.get("SubSelector") != "MultipleAnswer":
        found, options = _kind(_points(question, "Answers"))
        if kind == LIKERT:
            found, options = LIKERT, tuple(sorted(options, key=lambda option: option.value))
        yield from _with_lines(question, question.item(found, options=options))
    elif kind in {SINGLE, RANK}:
        whole = question.item(MULTI if kind == SINGLE else RANK, options=_picked(question, "Answers"))
        for row, words, _choice in question.ordered("Choices"):
            yield replace(whole, key=f"{question.key}-{row}", label=_joined(whole.label, words))
    elif kind is not None:
        yield from _typed_matrix(question, kind)


def _typed_matrix(question: Question, kind: str) -> Iterator[Item]:
    """Rows of words or numbers; with several columns each row is a question and its columns are the lines."""
    columns = question.ordered("Answers")
    if len(columns) < 2:
        yield from _with_lines(question, question.item(kind))
        return
    for row, words, _choice in question.ordered("Choices"):
        key = f"{question.key}-{row}"
        yield replace(question.item(kind), key=key, label=_joined(question.label, words))
        for column, asked, _answer in columns:
            yield Item(f"{key}.{column}", kind, asked, section=question.section, parent=key)


def _numbers(question: Question) -> Iterator[Item]:
    """Sliders, and sums to be divided."""
    limits = mapping(question.payload.get("Configuration"))
    low, high = _number(limits.get("CSSliderMin")), _number(limits.get("CSSliderMax"))
    yield from _with_lines(question, question.item(NUMERIC, lowest=low, highest=high))


def _ranking(question: Question) -> Iterator[Item]:
    yield question.item(RANK, options=_picked(question, "Choices"))


def _groups(question: Question) -> Iterator[Item]:
    """Options to sort into groups and to rank there."""
    for place, group in enumerate(mapping(question.payload.get("Groups")).values()):
        words = pair(plain_text(str(group)))
        yield replace(
            question.item(RANK, options=_picked(question, "Choices")), key=f"{question.key}-g{place}",
            label=_joined(question.label, words),
        )  # fmt: skip


def _side_by_side(question: Question) -> Iterator[Item]:
    """Several matrices with the same rows."""
    for part, payload in mapping(question.payload.get("AdditionalQuestions")).items():
        shared = {name: question.payload.get(name) for name in ("Choices", "ChoiceOrder", "Validation")}
        inner = replace(
            question, key=f"{question.key}-{part}", payload=shared | mapping(payload), before=question.label
        )
        yield from _matrix(inner)


def _note(question: Question) -> Iterator[Item]:
    yield replace(question.item(NOTE), required=False)


_TYPES: dict[str, Callable[[Question], Iterator[Item]]] = {
    "MC": _multiple_choice, "TE": _text_entry, "Matrix": _matrix, "RO": _ranking, "Slider": _numbers, "CS": _numbers,
    "DB": _note, "PGR": _groups, "SBS": _side_by_side,
}  # fmt: skip
