"""How fast a file becomes turns and statements, beside two peers that give cues without speakers. Prints ratios."""

import time
import tracemalloc

import pysubs2
import pytest
import webvtt

from tests.conftest import CORPORA
from transcripts.reading import read_file

FILES = sorted((CORPORA / "transcripts").glob("zoom_cloud_*.vtt"))


def synthetic(cues):
    lines = ["WEBVTT", ""]
    for n in range(cues):
        clock = f"{n // 1200:02}:{n // 20 % 60:02}:{n * 3 % 60:02}"
        lines += [
            str(n + 1),
            f"{clock}.000 --> {clock}.900",
            f"Speaker {n // 3 % 9}: And so we said what had to be said, no. {n}.",
            "",
        ]
    return "\n".join(lines).encode()


def best(work, rounds=5):
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


@pytest.mark.skipif(not FILES, reason="the real files are not here")
def test_real_zoom_files_beside_two_peers(capsys):
    with capsys.disabled():
        print(
            "\nfile                                     KB   ours  webvtt-py  pysubs2  (ms; ours with turns, speakers, statements)"
        )
        for file in FILES:
            content = file.read_bytes()
            text = content.decode().replace("\r\n", "\n")
            ours = best(lambda name=file.name, content=content: read_file(name, content))
            first = best(lambda text=text: webvtt.from_string(text))
            second = best(lambda text=text: pysubs2.SSAFile.from_string(text))
            print(
                f"{file.name:38} {len(content) // 1000:4} {ours:6.1f} {first:6.1f} x{first / ours:3.1f} {second:6.1f} x{second / ours:3.1f}"
            )


def test_sixty_thousand_cues_and_half_of_them(capsys):
    half, whole = synthetic(30_000), synthetic(60_000)
    times = [best(lambda content=content: read_file("long.vtt", content), 1) for content in (half, whole)]
    tracemalloc.start()
    read_file("long.vtt", whole)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    with capsys.disabled():
        print(
            f"\n30,000 cues {times[0]:.0f} ms, 60,000 cues {times[1]:.0f} ms (x{times[1] / times[0]:.2f}), peak {peak / 1e6:.0f} MB"
        )
