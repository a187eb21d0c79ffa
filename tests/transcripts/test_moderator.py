"""Who asks: measured on real talks whose moderator a reader has named, and on the demo with its names hidden."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import CORPORA
from transcripts.model import Unit
from transcripts.moderator import manners, propose_moderator, propose_roles
from transcripts.reading import read_file
from transcripts.turns import make_turns

DEMO = Path(__file__).parent.parent.parent / "survey_app" / "starter" / "demo" / "transcripts"
HARD = {"zoom_cloud_groupstats_001.vtt"}
"""Where the manner does not tell: a talk without questions."""


def labelled():
    with (Path(__file__).parent / "labelled" / "moderators.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def hidden(transcript):
    """The transcript with letters for names, and the letter of each name."""
    letters = {name: f"P{number}" for number, name in enumerate(transcript.speakers)}
    units = tuple(replace(unit, speaker=letters.get(unit.speaker, "")) for unit in transcript.units)
    turns = tuple(replace(turn, speaker=letters.get(turn.speaker, "")) for turn in transcript.turns)
    return replace(transcript, units=units, turns=turns), letters


def talk(*lines):
    units = tuple(Unit(text, speaker, number * 10.0, number * 10.0 + 9) for number, (speaker, text) in enumerate(lines))
    file = read_file("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nA: x\n")
    return replace(file, units=units, turns=make_turns(units))


@pytest.mark.parametrize("row", labelled(), ids=lambda row: row["file"])
def test_the_moderator_of_a_real_talk_is_found_by_manner_alone(row):
    path = CORPORA / row["folder"] / row["file"]
    if not path.exists():
        pytest.skip("the real files are not here")
    transcript, letters = hidden(read_file(path.name, path.read_bytes()))
    found = propose_roles(transcript)
    assert (found == {letters[row["moderator"]]: "moderator"}) != (row["file"] in HARD)


@pytest.mark.parametrize("file", sorted(DEMO.glob("*.vtt")), ids=lambda file: file.stem)
def test_the_moderator_of_the_demo_is_found_by_manner_alone(file):
    transcript, letters = hidden(read_file(file.name, file.read_bytes()))
    name = next(name for name in letters if name.startswith(("Vera", "Вера")))
    assert propose_roles(transcript) == {letters[name]: "moderator"}


def test_a_name_that_says_so_is_believed():
    found = propose_moderator(talk(("Anna", "Why?"), ("Вера (модератор)", "Так."), ("Anna", "How?"), ("Boris", "So.")))
    assert found[0] == ("Вера (модератор)", 1.0)


def test_nobody_is_proposed_where_nobody_asks():
    lines = talk(("Anna", "One."), ("Boris", "Two."), ("Anna", "Three."), ("Boris", "Four."))
    assert propose_moderator(lines) == []
    assert propose_roles(lines) == {}


def test_nobody_moderates_a_chat():
    chat = read_file("chat.txt", b"00:00:01\tAnna:\tWho is here?\n00:00:02\tBoris:\tme\n00:00:03\tAnna:\tReally?\n")
    assert propose_moderator(chat) == []


def test_the_signs_of_a_moderator_are_told():
    found = manners(
        talk(("M", "What helped?"), ("A", "People did, and time."), ("M", "And then?"), ("B", "Nothing at all."))
    )
    assert (found["M"].asks, found["M"].first, found["M"].calls_on) == (1.0, True, 1.0)
    assert found["A"].asks == 0.0
