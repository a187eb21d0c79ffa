"""Real files of others, read as an independent reader has read them. Skipped where the files are not at hand."""

import csv

import pytest

from tests.conftest import CORPORA
from transcripts.__main__ import summary
from transcripts.reading import UnreadableTranscript, read_file

FOLDER = CORPORA / "transcripts"
REFUSED = {"zoom_ai_summary_md"}
W3C_VOICES = {"edge_wpt_tags.vtt": (["a", "a b", "e"], 25)}
"""Where the W3C's parser sees voices that a reader of lines does not."""
LABELS = {"interview_txt_sheffield_sam.txt": 84}
"""The list counts 48: it passes over the 36 labels with two spaces after the colon, which it counts in its .docx twin."""


def manifest():
    if not (FOLDER / "manifest.csv").exists():
        return []
    with (FOLDER / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


pytestmark = pytest.mark.skipif(not manifest(), reason="the real files are not here")


def seconds(value):
    return float(value) if value else None


@pytest.mark.parametrize("row", [row for row in manifest() if row["shape"] not in REFUSED], ids=lambda row: row["file"])
def test_a_real_file_gives_its_units_speakers_and_times(row):
    content = (FOLDER / row["file"]).read_bytes()
    found = summary(read_file(row["file"], content, keep_private=True))
    speakers, nameless = W3C_VOICES.get(row["file"], (None, int(row["n_units_without_speaker"])))
    if row["shape"] != "edge_vtt":
        assert found["shape"] == row["shape"]
    assert found["units"] == LABELS.get(row["file"], int(row["n_cues"]))
    assert " | ".join(found["speakers"]) == (row["speakers"] if speakers is None else " | ".join(speakers))
    assert (found["first_s"], found["last_s"]) == (seconds(row["first_ts_s"]), seconds(row["last_ts_s"]))
    assert found["units_without_speaker"] == nameless


def test_private_messages_are_left_out_and_counted():
    name = "zoom_chat_v1b_direct_bhtrans.txt"
    found = read_file(name, (FOLDER / name).read_bytes())
    assert (found.private_messages_dropped, len(found.units), found.units_written) == (12, 5, 17)


@pytest.mark.parametrize("row", [row for row in manifest() if "replying" in row["note"]], ids=lambda row: row["file"])
def test_reactions_and_replies_in_a_real_chat_are_told_apart(row):
    wanted = {word: int(number) for word, number in (part.split() for part in row["note"].split(", "))}
    found = read_file(row["file"], (FOLDER / row["file"]).read_bytes())
    english = [unit for unit in found.units if unit.text.startswith(("Reacted to", "Removed a"))]
    assert len(english) == wanted["reacted"] + wanted.get("removed", 0)
    assert {unit.kind for unit in english} == {"reaction"}
    assert sum(unit.kind == "reply" for unit in found.units) >= wanted["replying"]


def test_a_summary_by_zooms_assistant_is_refused_by_name():
    name = "zoom_ai_summary_mpi_2025_12.md"
    with pytest.raises(UnreadableTranscript, match="AI Companion"):
        read_file(name, (FOLDER / name).read_bytes())


def test_a_consultation_in_markdown_has_its_thirty_speakers():
    folder = CORPORA / "digital_government_en"
    file = next(folder.glob("2015-08-27*.md"))
    found = read_file(file.name, file.read_bytes())
    with (folder / "uberX_participants.csv").open(encoding="utf-8", newline="") as roster:
        assert set(found.speakers) == {row["speaker"] for row in csv.DictReader(roster)}
