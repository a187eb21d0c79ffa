"""Real files of others, read as an independent reader has read them. Skipped where the files are not at hand."""

import csv

import pytest

from tests.conftest import CORPORA
from transcripts.__main__ import summary
from transcripts.reading import UnreadableTranscript, read_file

FOLDER = CORPORA / "transcripts"
SHAPES = {"zoom_cloud_vtt", "zoom_chat_v1_txt", "zoom_chat_v2_txt", "zoom_chat_cloud_txt", "plain_vtt_no_speaker"}


def manifest():
    if not (FOLDER / "manifest.csv").exists():
        return []
    with (FOLDER / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


pytestmark = pytest.mark.skipif(not manifest(), reason="the real files are not here")


@pytest.mark.parametrize("row", [row for row in manifest() if row["shape"] in SHAPES], ids=lambda row: row["file"])
def test_a_real_file_gives_its_units_speakers_and_times(row):
    content = (FOLDER / row["file"]).read_bytes()
    found = summary(read_file(row["file"], content, keep_private=True))
    assert found["shape"] == row["shape"]
    assert found["units"] == int(row["n_cues"])
    assert " | ".join(found["speakers"]) == row["speakers"]
    assert (found["first_s"], found["last_s"]) == (float(row["first_ts_s"]), float(row["last_ts_s"]))
    assert found["units_without_speaker"] == int(row["n_units_without_speaker"])


def test_private_messages_are_left_out_and_counted():
    name = "zoom_chat_v1b_direct_bhtrans.txt"
    found = read_file(name, (FOLDER / name).read_bytes())
    assert (found.private_messages_dropped, len(found.units), found.units_written) == (12, 5, 17)


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
