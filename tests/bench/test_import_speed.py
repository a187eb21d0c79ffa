"""How long it takes to understand and to store a transcript of 1,000 cues; prints figures, asserts no time."""

from statistics import median
from time import perf_counter

import pytest

from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.people import import_roster
from survey_app.actions.studies import create_study
from survey_app.rosters.roster import Roster, RosterPerson
from survey_app.store import sources

WORDS = (
    "We lack people who can read the data that the ministry sends, and nobody in the district has been trained. "
    "The portal helps, in the villages above all. But who answers when it is down?"
)
NAMES = [f"{first} {last}" for first in ("Anna", "Boris", "Vera", "Oleg") for last in ("Orlova", "Utkin", "Dal")]


def transcript(cues, variant):
    """A Zoom transcript of so many cues by twelve people, as bytes."""
    lines = ["WEBVTT", ""]
    for cue in range(cues):
        start, words = cue * 5, WORDS[cue % 40 :][:90]
        lines += [
            str(cue + 1),
            f"{start // 3600:02d}:{start // 60 % 60:02d}:{start % 60:02d}.000 --> "
            f"{start // 3600:02d}:{start // 60 % 60:02d}:{start % 60:02d}.990",
            f"{NAMES[cue // 3 % len(NAMES)]}: {words} {variant}",
            "",
        ]
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize("cues", [1_000, 5_000])
def test_import(fresh_store, capsys, cues):
    study = create_study(fresh_store, "", title_en="Panel")
    people = tuple(RosterPerson(f"E{number:02d}", name, group_id="loc") for number, name in enumerate(NAMES))
    import_roster(fresh_store, "", study["id"], Roster(people))
    understood, stored = [], []
    for variant in range(7):
        content = transcript(cues, variant)
        begin = perf_counter()
        found = recognise_file(fresh_store, study["id"], f"{variant}.vtt", content)
        looked = perf_counter()
        source = bring_in_file(fresh_store, "", study, found)
        understood.append(looked - begin)
        stored.append(perf_counter() - looked)
    assert found.transcript.units_written == cues
    with fresh_store.reading() as connection:
        assert len(sources.turns(connection, source)) == len(found.transcript.turns)
    with capsys.disabled():
        print(
            f"\n{cues} cues, {len(found.transcript.turns)} turns, {len(found.transcript.statements)} statements: "
            f"understood in {median(understood) * 1000:.0f} ms, stored in {median(stored) * 1000:.0f} ms (medians of 7)"
        )
