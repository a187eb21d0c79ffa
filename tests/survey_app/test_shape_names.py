"""Every shape that a reader can give has a name for people, in both languages."""

import csv
import re
from pathlib import Path

import pytest

from survey_app.components.source_words import kind_names, shape_name
from survey_app.language import use
from tests.conftest import CORPORA
from transcripts import readers

CODE = "\n".join(file.read_text("utf-8") for file in Path(readers.__path__[0]).glob("*.py"))
NAMED = sorted(set(re.findall(r'"([a-z0-9]+(?:_[a-z0-9]+)+_(?:txt|vtt|md|csv|docx|json|otr|eaf|srt|tsv))"', CODE)))


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("shape", NAMED)
def test_a_shape_is_named_in_words(shape, language):
    with use(language):
        name = shape_name(shape)
    assert name != shape
    assert "_" not in name


@pytest.mark.skipif(not CORPORA.exists(), reason="the real files are not here")
def test_every_shape_of_the_real_files_is_named():
    with (CORPORA / "transcripts" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        shapes = {row["shape"] for row in csv.DictReader(file)} - {""}
    assert {shape for shape in shapes if shape_name(shape) == shape} <= {"edge_vtt", "zoom_ai_summary_md"}


def test_every_kind_of_source_has_a_name():
    assert set(kind_names()) == {"session", "chat", "answer", "document", "participants"}
