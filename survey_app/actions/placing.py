"""Which meeting a file belongs to, and whether its talk is there already: proposals, before anything is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Literal

from sqlalchemy import Connection

from survey_app.actions.bringing_in import Recognised, is_part, title_of
from survey_app.actions.rights import needs
from survey_app.store import meetings as meeting_rows
from survey_app.store import sources
from survey_app.store.log import Row, Store
from survey_app.store.team import Role
from transcripts.edits import edits_between
from transcripts.meetings import ENOUGH, Trace, group, same_talk, trace
from transcripts.model import Transcript, Turn, Unit

Act = Literal["store", "replace", "leave"]
"""Store as a source of its own, put in the place of the twin as its new revision, or leave out."""

_CORRECTED = re.compile(r"correct|edited|clean|final|исправ|правлен|чистов", re.IGNORECASE)
_EMPTY_WORDS = re.compile(
    r"GMT20\d{6}-\d{6}|(?<!\d)20\d\d[-_. ]?\d\d[-_. ]?\d\d(?!\d)|(?<!\d)\d\d[-_. ]\d\d[-_. ]20\d\d(?!\d)"
    r"|(?<![^\W_])(?:audio|transcripts?|new ?chat|chat|meeting|saved|closed|captions?|cc|recording"
    r"|participants?|txt|vtt|расшифровка|чат|участники|запись|субтитры)(?![^\W_])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that files may belong to: one of the study (`id`), or one to be made.

    `joins` are ids of sources that are in the study without a meeting and belong here too.
    """

    title: str = ""
    date: str = ""
    id: str = ""
    joins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Twin:
    """The same talk once more: a source of the study (`source_id`, `key`), or the file of the batch at `place`.

    `corrected`: both name their speakers, so the file is likely a corrected copy; else one is captions without names.
    `changed` is how many words differ.
    """

    file: str
    corrected: bool
    changed: int
    source_id: str = ""
    key: str = ""
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is proposed: by a file's place in the batch the slot of its meeting, meetings by slot, twins by place."""

    slots: Mapping[int, str]
    meetings: Mapping[str, Meeting]
    twins: Mapping[int, Twin]

    def act(self, place: int) -> Act:
        """What is proposed: a corrected copy replaces, the same talk in another form is left out."""
        twin = self.twins.get(place)
        if twin is None:
            return "store"
        return "replace" if twin.source_id and twin.corrected else "leave"


@needs(Role.RESEARCHER)
def propose_places(store: Store, study_id: str, batch: Sequence[Recognised]) -> Plan:
    """Group a batch into meetings, together with what the study has; stores nothing."""
    new = [place for place, found in enumerate(batch) if found.new]
    with store.reading() as connection:
        kept = sources.sources(connection, study_id, "session", "chat") if new else []
        present = {row["id"]: row for row in meeting_rows.meetings(connection, study_id)}
        texts = {row["id"]: _as_transcript(connection, row) for row in kept}
    transcripts = [*texts.values(), *(_transcript(batch[place]) for place in new)]
    traces = [trace(each) for each in transcripts]
    slots: dict[int, str] = {}
    meetings: dict[str, Meeting] = {
        row["id"]: Meeting(row["title"], row["date"], row["id"]) for row in present.values()
    }
    for members in group(traces):
        ours = [kept[member] for member in members if member < len(kept)]
        files = [new[member - len(kept)] for member in members if member >= len(kept)]
        for place in [each for each in files if is_part(batch[each])]:
            files.remove(place)
            slots[place] = f"new-{place}"
            meetings[slots[place]] = Meeting(title_of(batch[place].file), batch[place].date)
        if files:
            slot, meeting = _meeting_for(ours, [batch[place] for place in files], files[0], meetings)
            meetings[slot] = meeting
            slots |= dict.fromkeys(files, slot)
    return Plan(slots, meetings, _twins(kept, [texts[row["id"]] for row in kept], batch, new, traces))


def words_changed(before: str, after: str) -> int:
    """How many words two versions of a text differ by: those that went or those that came, whichever is more."""
    words, shift = 0, 0
    for edit in edits_between(before, after):
        place = edit.start + shift
        words += max(len(edit.old.split()), len(after[place : place + edit.length].split()), 1)
        shift += edit.length - len(edit.old)
    return words


def _meeting_for(
    ours: list[Row], files: list[Recognised], place: int, meetings: Mapping[str, Meeting]
) -> tuple[str, Meeting]:
    """The meeting of a group: that of its sources where they have one, else a new one in a slot of its own."""
    known = next((row["meeting_id"] for row in ours if row["meeting_id"]), None)
    if known is not None:
        return known, meetings[known]
    names = [row["title"] for row in ours] + [
        _title(found.file) for found in sorted(files, key=lambda found: found.kind != "session")
    ]
    days = [row["date"] for row in ours] + [found.date for found in files]
    return f"new-{place}", Meeting(
        next((name for name in names if name), ""), next((day for day in days if day), ""),
        joins=tuple(row["id"] for row in ours),
    )  # fmt: skip


def _title(file: str) -> str:
    """What a file's name says beside days and words that every such file has."""
    words = [word.strip("-–—") for word in re.split(r"[\s_.]+", _EMPTY_WORDS.sub(" ", PurePath(file).stem))]
    return " ".join(word for word in words if word).strip(" ,;()[]")


def _twins(
    kept: Sequence[Row], texts: Sequence[Transcript], batch: Sequence[Recognised], new: Sequence[int],
    traces: Sequence[Trace],
) -> dict[int, Twin]:  # fmt: skip
    """By place in the batch: whose talk the file holds once more. Of two files, the better one has no twin."""
    twins: dict[int, Twin] = {}
    for number, place in enumerate(new):
        found = batch[place]
        if found.kind != "session":
            continue
        mine = traces[len(kept) + number]
        for row, text, other in zip(kept, texts, traces, strict=False):
            if row["kind"] == "session" and same_talk(mine, other) >= ENOUGH:
                twins[place] = replace(_twin(_transcript(found), text), source_id=row["id"], key=row["key"])
                break
        for earlier, before in enumerate(new[:number]):
            if place in twins or before in twins or batch[before].kind != "session":
                continue
            if same_talk(mine, traces[len(kept) + earlier]) >= ENOUGH:
                better, worse = sorted((before, place), key=lambda each: _worth(batch[each]), reverse=True)
                twins[worse] = replace(_twin(_transcript(batch[worse]), _transcript(batch[better])), place=better)
    return twins


def _twin(mine: Transcript, other: Transcript) -> Twin:
    return Twin(other.file, _names_speakers(mine) and _names_speakers(other), words_changed(other.text, mine.text))


def _worth(found: Recognised) -> tuple[bool, bool, int]:
    """Names of speakers count most, then a name that says it was corrected, then length."""
    transcript = _transcript(found)
    return _names_speakers(transcript), bool(_CORRECTED.search(found.file)), len(transcript.text)


def _names_speakers(transcript: Transcript) -> bool:
    return 2 * sum(bool(turn.speaker) for turn in transcript.turns) > len(transcript.turns)


def _transcript(found: Recognised) -> Transcript:
    assert found.transcript is not None
    return found.transcript


def _as_transcript(connection: Connection, source: Row) -> Transcript:
    """A source of the study as if it had just been read, a unit a turn."""
    text = sources.source(connection, source["id"])["text"]
    kept = [
        Turn(row["index"], row["speaker"], text[row["start"] : row["end"]], row["start"], row["end"], row["start_s"],
             row["end_s"], (row["index"],))
        for row in sources.turns(connection, source["id"])
    ]  # fmt: skip
    kind: Literal["message", "speech"] = "message" if source["kind"] == "chat" else "speech"
    units = tuple(Unit(turn.text, turn.speaker, turn.start_s, turn.end_s, kind) for turn in kept)
    return Transcript(
        file=source["file_name"], shape=source["shape"], clock=source["clock"], language=source["language"],
        units=units, turns=tuple(kept), statements=(), kind=source["kind"], date=source["date"],
    )  # fmt: skip
