"""One tolerant parser for what is written in lines: a mark says who speaks, lines without one go on with what was said.

A shape is what its marks look like; nothing between two marks is ever lost.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from transcripts.messages import Message, counted
from transcripts.model import Unit


@dataclass(frozen=True, slots=True)
class Mark:
    """How a line begins: who speaks from here on, since when (seconds), and the words that follow on the line.

    A mark of nobody (`speaker` and `words` empty, `nobody` set) ends what was said: what follows is not speech.
    """

    speaker: str
    words: str = ""
    start_s: float | None = None
    end_s: float | None = None
    nobody: bool = False


NOBODY = Mark("", nobody=True)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Units in order; `outside` are the lines (with words) that belong to nobody, `heading` those of them before the
    first mark; `parts` as in `transcripts.readers.Reading`."""

    units: tuple[Unit, ...]
    heading: tuple[str, ...]
    outside: int
    parts: tuple[int, ...]


_CUE = re.compile(r"\d\s*-->\s*\d")
_BEGINNING = 4000
_TIME = re.compile(r"^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,-](\d{1,3}))?$")
_PART = re.compile(
    r"^[#*\s]*(?:интервью|протокол|расшифровка|беседа|interview|conversation|transcript)\s*(?:№|#|no\.?)?\s*(\d{1,3})"
    r"[\s.:*]*$",
    re.IGNORECASE,
)


def spoken(lines: Iterable[str], mark_of: Callable[[str], Mark | None]) -> Spoken:
    """Read lines by the marks of a shape. `mark_of` gets each line without white space around it."""
    said: list[tuple[Mark, list[str]]] = []
    heading: list[str] = []
    outside, open_now, parts = 0, False, list[int]()
    for raw in lines:
        line = raw.strip()
        if not line:
            continue
        if _PART.match(line):
            if said:
                parts.append(len(said))
            open_now = False
            heading += [] if said else [line]
            continue
        mark = mark_of(line)
        if mark is not None and not mark.nobody:
            said.append((mark, [mark.words]))
            open_now = True
        elif mark is not None:
            open_now = False
            outside += 1
            heading += [] if said else [line]
        elif open_now:
            said[-1][1].append(line)
        else:
            outside += 1
            if not said:
                heading.append(line)
    units = tuple(
        Unit(" ".join(" ".join(words).split()), mark.speaker, mark.start_s, mark.end_s) for mark, words in said
    )
    return Spoken(units, tuple(heading), outside, tuple(dict.fromkeys(part for part in parts if part < len(units))))


def seconds(time: str) -> float | None:
    """`0:09`, `00:01:02`, `00:01:02-5`, `1:02.345` as seconds; None for what is no time."""
    found = _TIME.match(time.strip())
    if found is None or int(found[3]) > 59:
        return None
    whole = int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])
    return whole + int(found[4]) / 10 ** len(found[4]) if found[4] else float(whole)


def told(found: Spoken) -> list[Message]:
    """What a person should know of the lines that are nobody's words, and of a file that holds several talks."""
    warnings = []
    if found.outside:
        warnings.append(
            counted(
                "{count} line stands outside what was said (title, notes) and was left out.",
                "{count} lines stand outside what was said (title, notes) and were left out.",
                found.outside,
            )
        )
    if found.parts:
        warnings.append(
            counted(
                "The file holds {count} conversation.",
                "The file holds {count} conversations.",
                len(found.parts) + 1,
            )
        )
    return warnings


def shape_in(shape: str, container: str) -> str:
    """The name of a text shape inside a word processor's file: `otter_txt` in docx is `otter_docx`."""
    if container == "text":
        return shape
    base = shape.removesuffix("_txt").removesuffix("_md")
    return f"{'interview' if base == 'speaker_colon' else base}_{container}"


def is_cued(text: str) -> bool:
    """Whether a text is made of cues with times and arrows: nothing for those who read lines."""
    return bool(_CUE.search(text[:_BEGINNING]))


def body(text: str) -> str:
    """The text without YAML front matter."""
    if not text.startswith("---\n"):
        return text
    end = text.find("\n---\n", 3)
    return text[end + 5 :] if 0 < end < 20_000 else text
