"""The house stands: what must be at the top level is there."""

from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_top_level_is_what_the_plan_says():
    expected = {
        "survey_app",
        "coding",
        "transcripts",
        "notebooks",
        "tests",
        "docs",
        "requirements.txt",
        "Makefile",
    }
    assert expected <= {path.name for path in ROOT.iterdir()}
