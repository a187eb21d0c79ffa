"""`make site`: the demo in both languages as a folder that opens from disk, whatever lies in the data folder here."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
pytestmark = [
    pytest.mark.skipif(shutil.which("make") is None, reason="There is no make here."),
    pytest.mark.xdist_group("release"),
]


def test_it_publishes_the_demo_in_both_languages_and_leaves_nothing_behind(tmp_path):
    site, own, temporary = tmp_path / "site", tmp_path / "own", tmp_path / "temporary"
    temporary.mkdir()
    site.mkdir()
    (site / "old.html").write_text("of an earlier day")
    surroundings = os.environ | {"RAKURS_DATA": str(own), "TMPDIR": str(temporary), "PYTHONPATH": str(PROJECT)}
    made = subprocess.run(
        ["make", "-o", "install", "site", f"SITE={site}", f"PY={sys.executable}"],
        cwd=PROJECT, env=surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    for slug in ("demo-en", "demo-ru"):
        assert (site / slug / "v1" / "index.html").is_file()
        assert (site / slug / "v1" / "methods_ru.docx").is_file()
        assert (site / slug / "latest" / "index.html").is_file()
        assert f'href="{slug}/latest/index.html"' in (site / "index.html").read_text("utf-8")
    assert '"five_segments"' in (site / "demo-ru" / "v1" / "release.json").read_text("utf-8")
    assert not (site / "old.html").exists()
    assert not own.exists()
    assert not [each for each in temporary.iterdir() if (each / "rakurs.db").exists()]
