"""How many words a second become terms, on SIB-200: new words and known ones. Prints figures, asserts no time."""

import csv
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coding.topics import language
from coding.topics.terms import Wording, read, readable
from coding.topics.topic_words import count_terms, top_words, topic_counts, weights
from coding.topics.vocabulary import vocabulary
from tests.conftest import CORPORA

FILES = {"en": CORPORA / "topics" / "sib200_eng_Latn.tsv", "ru": CORPORA / "topics" / "sib200_rus_Cyrl.tsv"}

pytestmark = pytest.mark.skipif(not FILES["ru"].exists(), reason="the corpus is not here")


def corpus(name):
    with FILES[name].open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def rate(count, work):
    start = time.process_time()
    work()
    return count / (time.process_time() - start)


def measure(name):
    """Runs in a process of its own, so that no word is known yet; dictionaries are loaded before."""
    texts = [row["text"] for row in corpus(name)]
    frame = language.pipeline(name)
    frame("Первый first.")
    read(["Первый first."], Wording(phrases=2))
    language.lemma.cache_clear()
    language.readings.cache_clear()
    words = sum(any(map(str.isalpha, word)) for text in texts for word in text.split())
    cold = rate(words, lambda: read(texts, Wording()))
    warm = rate(words, lambda: read(texts, Wording()))
    tokens = sum(len(frame.make_doc(text)) for text in texts)
    phrases = rate(words, lambda: read(texts, Wording(phrases=3)))
    print(
        f"{name}: {words} words ({tokens} tokens); words/s cold {cold:,.0f}, warm {warm:,.0f}, phrases of three {phrases:,.0f}"
    )


@pytest.mark.parametrize("name", FILES)
def test_words_a_second(name, capsys):
    run = subprocess.run([sys.executable, "-m", "tests.bench.test_words_speed", name], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])  # fmt: skip
    with capsys.disabled():
        print(f"\n{run.stdout.strip()}")


def test_words_of_topics_again_and_again(capsys):
    rows = corpus("ru")
    labels = [sorted({each["category"] for each in rows}).index(row["category"]) for row in rows]
    readings = read([row["text"] for row in rows], Wording(phrases=2))
    documents = [each.terms for each in readings]
    start = time.perf_counter()
    known = vocabulary(documents)
    table = count_terms(documents, known)
    counted = time.perf_counter()
    words = top_words(weights(topic_counts(labels, table)), known, forms=readable(readings))
    done = time.perf_counter()
    with capsys.disabled():
        print(f"\n1,004 texts, {len(known)} terms: counts {1000 * (counted - start):.0f} ms, words of {len(words)} topics {1000 * (done - counted):.0f} ms")  # fmt: skip


if __name__ == "__main__":
    measure(sys.argv[1])
