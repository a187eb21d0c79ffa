"""What became of a source's text: its revisions, what differs, and where codings wait for a look."""

from __future__ import annotations

import re
from collections import Counter

from sqlalchemy import select

from survey_app.actions.rights import needs, sight_of
from survey_app.store import schema
from survey_app.store.log import Row, Store, fetch
from survey_app.store.revisions import History
from survey_app.store.team import Role
from transcripts.edits import Edit


@needs(Role.RESEARCHER)
def revisions(store: Store, study_id: str, source_id: str) -> list[Row]:
    """The revisions of a source, newest first: number, at, person, reason (file, turn, replaced, restored), file_name,
    and the words that the revision before it lost or got."""
    with store.reading() as connection:
        fetch(connection, schema.source, source_id, study_id)
        history = History(connection, source_id)
        made = connection.scalar(
            select(schema.change.c.person)
            .where(schema.change.c.scope == source_id, schema.change.c.verb == "bring_in_file")
            .limit(1)
        )
        source = history.source
        first = {"number": 0, "at": source["created_at"], "person": made or "", "reason": "file", "words": 0}
        found = [first | {"file_name": history.file(0)["file_name"]}]
        for number, ended in enumerate(history.rows):
            text = history.text(number + 1)
            words, shift = 0, 0
            for edit in history.edits(number):
                place = edit.start + shift
                words += max(_words(edit.old), _words(text[place : place + edit.length]), 1)
                shift += edit.length - len(edit.old)
            found.append(
                {"number": number + 1, "words": words, "file_name": history.file(number + 1)["file_name"]}
                | {name: ended[name] for name in ("at", "person", "reason")}
            )
    return found[::-1]


@needs(Role.RESEARCHER)
def difference(store: Store, study_id: str, source_id: str, number: int) -> list[tuple[int, str, str]]:
    """Turns of revision `number` that read otherwise in the next one: (index now, words then, words after).

    A turn that came or went has "" on the other side.
    """
    with store.reading() as connection:
        fetch(connection, schema.source, source_id, study_id)
        history = History(connection, source_id)
        if not 0 <= number < history.newest:
            return []
        old, new = history.text(number), history.text(number + 1)
        return list(_differing(history.edits(number), old, new, history.turns(number), history.turns(number + 1)))


@needs(Role.CODER)
def waiting_for_a_look(store: Store, study_id: str) -> dict[str, int]:
    """How many codings a correction has cut, of those that are seen, by source id; sources without any are left out."""
    coding, coder, source = schema.coding, schema.coder, schema.source
    query = (
        select(coding.c.source_id, coder.c.key, coding.c.layer)
        .join(source, source.c.id == coding.c.source_id)
        .join(coder, coder.c.id == coding.c.coder_id)
        .where(source.c.study_id == study_id, coding.c.needs_look.is_(True))
    )
    with store.reading() as connection:
        seen = sight_of(connection, store, study_id)
        cut = [row for row in connection.execute(query) if seen.sees(*row)]
    return dict(Counter(str(row.source_id) for row in cut))


def _differing(
    edits: list[Edit], old: str, new: str, before: list[Row], after: list[Row]
) -> list[tuple[int, str, str]]:
    """Turns that an edit touches, paired by the place in the new text where they begin."""
    found: dict[tuple[str, str], tuple[int, str, str]] = {}
    shift = 0
    for edit in edits:
        place = edit.start + shift
        was = _lying(before, edit.start, edit.end)
        now = _lying(after, place, place + edit.length)
        shift += edit.length - len(edit.old)
        for number in range(max(len(was), len(now))):
            one = was[number] if number < len(was) else None
            other = now[number] if number < len(now) else None
            index = other["index"] if other else (now[-1]["index"] if now else 0)
            words = (old[one["start"] : one["end"]] if one else "", new[other["start"] : other["end"]] if other else "")
            if words[0] != words[1]:
                found.setdefault(words, (index, *words))
    return list(found.values())


def _lying(turns: list[Row], start: int, end: int) -> list[Row]:
    """Turns that [start, end) touches, be it by its edge."""
    return [turn for turn in turns if turn["start"] <= end and start <= turn["end"]]


def _words(text: str) -> int:
    return len(re.findall(r"\S+", text))
