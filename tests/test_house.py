"""The house stands as its plan says: the top level, the doors, and documents that are true."""

import re
from pathlib import Path

from survey_app.settings import Settings

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
        "README.md",
        "Makefile",
    }
    assert expected <= {path.name for path in ROOT.iterdir()}


def test_every_setting_is_in_the_documents():
    documented = set(re.findall(r"^\| `(\w+)`", (ROOT / "docs" / "settings.md").read_text("utf-8"), re.MULTILINE))
    assert documented == {str(field.validation_alias) for field in Settings.model_fields.values()}


def test_every_requirement_says_why_it_is_there():
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    for line in lines:
        if line and not line.startswith(("#", "-e")):
            assert re.search(r"(~=|==)[\d.]+\s+# \S", line), line


def test_a_page_is_a_thin_script():
    for page in (ROOT / "survey_app" / "pages").glob("*.py"):
        assert len(page.read_text("utf-8").splitlines()) <= 60, page.name


def test_both_readmes_lead_with_the_two_commands_and_show_pictures_that_exist():
    for name in ("README.md", "README.ru.md"):
        text = (ROOT / name).read_text("utf-8")
        assert text.index("make run") < text.index("make test") < len(text) / 2
        pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
        assert len(pictures) >= 3
        assert all((ROOT / picture).is_file() for picture in pictures)
