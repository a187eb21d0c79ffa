"""Whom and what a study knows by name: its experts, everybody else on its screens and lists, where these are from."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection

from survey_app.store import experts as expert_rows
from survey_app.store import meetings, sources
from survey_app.store.former_names import former_names
from survey_app.store.log import Row
from transcripts.identifying import Kind, Known
from transcripts.known_names import name_words
from transcripts.names import name_key

EXPERT, OTHER = "expert:", "other:"
"""How keys begin: of an expert, followed by the id; of anybody and anything else."""


def known_by_name(connection: Connection, study_id: str) -> list[Known]:
    """Experts with every name of theirs, former ones too, then other people, then organisations and positions of those
    present.

    Display names are those of whom they were given to; other people are told apart by the words of their names.
    """
    roster = expert_rows.experts(connection, study_id)
    names: dict[str, set[str]] = {row["id"]: {row["name"], *row["other_names"]} - {""} for row in roster}
    speakers = sources.speakers(connection, study_id)
    for row in speakers:
        if row["expert_id"] in names and row["display_name"]:
            names[row["expert_id"]].add(row["display_name"])
    former = former_names(connection, study_id)
    for expert_id in former.keys() & names.keys():
        names[expert_id] |= former[expert_id]
    theirs = {_key_of(name) for several in names.values() for name in several}
    present = meetings.participants(connection, study_id)
    others = [
        *(row["display_name"] for row in speakers if row["expert_id"] not in names),
        *expert_rows.other_people(connection, study_id),
        *(name for expert_id, several in former.items() if expert_id not in names for name in several),
        *(row[column] for row in present for column in ("display_name", "other_name")),
    ]
    return [
        *(
            Known(f"{EXPERT}{row['id']}", (row["name"] or row["key"], *sorted(names[row["id"]] - {row["name"]})))
            for row in roster
            if names[row["id"]]
        ),
        *_people(others, theirs),
        *_named(present, "organisation", Kind.ORGANISATION),
        *_named(present, "position", Kind.POSITION),
    ]


def _people(names: Iterable[str], theirs: set[str]) -> Iterator[Known]:
    """Those who are no experts; a device's name is nobody's."""
    same = defaultdict[str, set[str]](set)
    for name in names:
        key = _key_of(name)
        if key and key not in theirs:
            same[key].add(name)
    for key, several in sorted(same.items()):
        yield Known(f"{OTHER}{key}", tuple(sorted(several)))


def _named(present: Iterable[Row], column: str, kind: Kind) -> Iterator[Known]:
    for name in sorted({" ".join(row[column].split()) for row in present} - {""}):
        yield Known(f"{OTHER}{name.lower()}", (name,), kind)


def _key_of(name: str) -> str:
    """The words of a name in any order and script; "" where it holds no name."""
    return " ".join(sorted(name_key(word) for word in name_words(name)))
