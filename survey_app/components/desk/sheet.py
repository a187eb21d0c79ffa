"""The document that travels to the browser once: text, speakers, questions and every word of the desk."""

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
    speakers: dict[tuple[str, str, str], int] = {}
    turns = []
    for turn in paper.turns:
        who = (turn["name"], turn["group"]["id"] if turn["group"] else "", turn["expert_id"])
        turns.append(
            {"index": turn["index"], "start": turn["start"], "end": turn["end"], "text": turn["text"],
             "speaker": speakers.setdefault(who, len(speakers)), "counted": turn["counted"],
             "time": clock(turn["start_s"], paper.source["clock"]), "at": turn["start_s"]}
        )  # fmt: skip
    groups = {turn["group"]["id"]: turn["group"] for turn in paper.turns if turn["group"]}
    stations = {turn["index"] for turn in paper.turns if turn["counted"]}
    doc = {
        "title": paper.source["title"] or paper.source["key"],
        "ids": {"study": paper.desk.study_id, "source": paper.desk.source_id},
        "language": paper.source["language"] or "und",
        "revision": paper.source["revision"],
        "coder": paper.desk.coder_key,
        "correctable": paper.source["kind"] != "answer",
        "speakers": [_speaker(name, groups.get(group), expert) for name, group, expert in speakers],
        "turns": turns,
        "statements": [
            {"id": row["id"], "turn": row["turn"], "start": row["start"], "end": row["end"],
             "question": row["question_key"], "at": row["start_s"]}
            for row in paper.statements
        ],
        "questions": [{"key": row["key"], "ask": label(row, "ask")} for row in paper.questions],
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


def _speaker(name: str, group: Row | None, expert_id: str) -> dict[str, str]:
    who = {"name": name, "expert": expert_id, "group": "", "colour": ""}
    return who | ({"group": label(group, "short") or label(group), "colour": group["colour"]} if group else {})
