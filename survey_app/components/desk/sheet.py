"""The document that travels to the browser once: text, speakers, codes and every word of the desk."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from survey_app.actions.desk_paper import Desk, Paper
from survey_app.components.desk.words import words
from survey_app.language import current, label
from survey_app.store.log import Row


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper as the browser reads it, in the language of the screen. `hash` tells two of them apart; `version` is
    that of the source."""

    desk: Desk
    place: str
    doc: dict[str, Any]
    hash: str
    version: int


def lay_out(paper: Paper) -> Sheet:
    """Turn a paper into what is sent."""
    speakers: dict[tuple[str, str], int] = {}
    turns = []
    for turn in paper.turns:
        who = (turn["name"], turn["group"]["id"] if turn["group"] else "")
        turns.append(
            {"index": turn["index"], "start": turn["start"], "end": turn["end"], "text": turn["text"],
             "speaker": speakers.setdefault(who, len(speakers)), "counted": turn["counted"],
             "time": clock(turn["start_s"], paper.source["clock"])}
        )  # fmt: skip
    groups = {turn["group"]["id"]: turn["group"] for turn in paper.turns if turn["group"]}
    stations = {turn["index"] for turn in paper.turns if turn["counted"]}
    doc = {
        "title": paper.source["title"] or paper.source["key"],
        "language": paper.source["language"] or "und",
        "revision": paper.source["revision"],
        "correctable": paper.source["kind"] != "answer",
        "speakers": [_speaker(name, groups.get(group)) for name, group in speakers],
        "turns": turns,
        "statements": [
            {"id": row["id"], "turn": row["turn"], "start": row["start"], "end": row["end"]}
            for row in paper.statements
        ],
        "codes": _codes(paper.codes),
        "words": words(current(), sum(row["turn"] in stations for row in paper.statements)),
    }  # fmt: skip
    place = f"{paper.desk.source_id} {paper.desk.coder_id}"
    text = json.dumps([place, doc], ensure_ascii=False, sort_keys=True)
    return Sheet(paper.desk, place, doc, sha256(text.encode()).hexdigest()[:20], paper.source["version"])


def clock(seconds: float | None, kind: str) -> str:
    """A turn's time for the side column: 3:05, 1:03:05 or, where the clock is the wall's, 14:03:05."""
    if seconds is None:
        return ""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    if kind == "wall":
        return f"{hour % 24:02}:{minute:02}:{second:02}"
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


def _speaker(name: str, group: Row | None) -> dict[str, str]:
    if group is None:
        return {"name": name, "group": "", "colour": ""}
    return {"name": name, "group": label(group, "short") or label(group), "colour": group["colour"]}


def _codes(codes: list[Row]) -> list[dict[str, Any]]:
    """All codes; roots that only hold others, and codes out of use, can be seen but not chosen."""
    parents = {row["parent_id"] for row in codes}
    return [
        {"id": row["id"], "key": row["key"], "short": row["short"], "label_en": row["label_en"],
         "label_ru": row["label_ru"], "colour": row["colour"] or "#5b6670", "definition": label(row, "definition"),
         "usable": not row["archived"] and not (row["parent_id"] is None and row["id"] in parents)}
        for row in codes
    ]  # fmt: skip
