"""Places that could identify somebody, in many texts: the work of a job. Plain data in, plain data out."""

from collections.abc import Callable, Sequence
from typing import Any

from transcripts.deidentify import find, mostly_lower
from transcripts.identifying import Kind, Known, Recogniser
from transcripts.messages import Message, counted
from transcripts.name_recogniser import recogniser

Looked = dict[str, Any]
"""Of one text: id, revision, mostly_lower, places as lists of (start, end, kind, how, risk, form, known)."""


def look(
    texts: Sequence[dict[str, Any]], known: Sequence[dict[str, Any]], report: Callable[[float, Message], None]
) -> list[Looked]:
    """`texts` are {id, revision, language, text}, `known` {key, names, kind}. With the recogniser of each language."""
    people = [Known(each["key"], tuple(each["names"]), Kind(each["kind"])) for each in known]
    whole, done = sum(len(each["text"]) for each in texts) or 1, 0
    found = []
    for number, each in enumerate(texts):
        report(done / whole, counted("{count} text to go", "{count} texts to go", len(texts) - number))
        found.append(look_at(each, people, recogniser(each["language"])))
        done += len(each["text"])
    return found


def look_at(each: dict[str, Any], known: Sequence[Known], seen: Recogniser | None = None) -> Looked:
    """One text."""
    places = find(each["text"], each["language"], known, seen)
    return {
        "id": each["id"], "revision": each["revision"], "mostly_lower": mostly_lower(each["text"]),
        "places": [[at.start, at.end, at.kind, at.how, at.risk, at.form, at.known] for at in places],
    }  # fmt: skip
