"""Words that a command line does not understand end with exit status 2 and one sentence, in every program."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "words",
    [
        ["transcripts"],
        ["transcripts", "--bogus"],
        ["coding"],
        ["coding", "agreement", "codings.csv", "--bootstrap", "abc"],
        ["coding", "agreement", "codings.csv", "--bootstrap", "-5"],
        ["coding", "topics", "table.csv"],
        ["survey_app", "bogus"],
        ["survey_app", "publish"],
    ],
)
def test_words_that_are_not_understood_are_one_sentence(words, tmp_path):
    done = subprocess.run([sys.executable, "-m", *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "--help" in done.stderr
