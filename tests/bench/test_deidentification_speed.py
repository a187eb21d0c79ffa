"""How long a session of ninety minutes takes to look through. Prints figures, asserts no time."""

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bench.deidentification import ROSTER, SPANS, documents

pytestmark = pytest.mark.skipif(not SPANS.exists(), reason="the corpus is not here")

LENGTH = 80_000
"""Code points that are said in ninety minutes."""


def measure(recognise):
    """Runs in a process of its own: everything is loaded once, on a short text, no word of the long one is known yet."""
    from transcripts.deidentify import find
    from transcripts.name_recogniser import recogniser

    text = "\n".join(document["text"] for document in documents())[:LENGTH]
    known = list(ROSTER.values())
    start = time.process_time()
    sees = recogniser("ru") if recognise else None
    find("Вчера Тимур уехал в Пермь. And Tom left.", "ru", known, sees)
    loaded = time.process_time()
    found = find(text, "ru", known, sees)
    first = time.process_time()
    find(text, "ru", known, sees)
    again = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{'with' if recognise else 'without'} Natasha: loading {loaded - start:.2f} s, {len(text):,} code points {first - loaded:.2f} s, again {again - first:.2f} s, {len(found)} places, {memory} MB")  # fmt: skip


@pytest.mark.parametrize("recognise", ["with", "without"])
def test_a_session_of_ninety_minutes(recognise, capsys):
    run = subprocess.run([sys.executable, "-m", "tests.bench.test_deidentification_speed", recognise], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])  # fmt: skip
    with capsys.disabled():
        print(f"\n{run.stdout.strip()}")


if __name__ == "__main__":
    measure(sys.argv[1] == "with")
