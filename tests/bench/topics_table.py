"""Topics of Rakurs beside BERTopic, NMF and k-means on the same vectors, in one table.

`python -m tests.bench.topics_table [--quick]`. Each method has a process of its own for each language, in which a small
run comes first and does not count, since compilation takes longest. NMI and ARI against the known topics (what is left
out is one topic more), mean of the seeds; stability: mean ARI of pairs of seeds, 0, 1 and 2, or for Rakurs 0 and 1,
which are two ensembles without a run in common. Words of all methods' topics come from the same c-TF-IDF of the same
lemmas without stop words. CPU seconds of one fit, vectors at hand; the most memory of the process until then.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from itertools import combinations
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
SIZES = {"en": (100, 280, 300, 1_004), "ru": (100, 280, 300, 1_004, 5_000)}
QUICK = {"en": (100, 280)}
NOT_QUICK = "Rakurs, its own number"
SMALL = 70
"""Statements of the run that comes first, enough for UMAP."""


def measure(method, language, sizes, folder):
    """One row a corpus."""
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    from tests.bench.topic_methods import METHODS, corpora

    fit = METHODS[method]
    fit(next(corpora(language, [SMALL], folder)), 0, folder)
    for corpus in corpora(language, sizes, folder):
        speed_only = corpus.name == "synthetic"
        seeds = range(1 if speed_only else 2 if method.startswith("Rakurs") else 3)
        begun = time.process_time()
        found = [fit(corpus, seed, folder) for seed in seeds]
        seconds = (time.process_time() - begun) / len(seeds)
        known = [row for row, each in enumerate(corpus.truth) if each]
        truth = [corpus.truth[row] for row in known]
        npmi, diversity = zip(*(words_of(labels, corpus) for labels in found), strict=True)
        numbers = [len(set(own[own >= 0].tolist())) for own in found]
        row = {
            "corpus": corpus.name, "n": len(corpus.truth), "language": language, "method": method,
            "topics": "–".join(str(each) for each in sorted({min(numbers), max(numbers)})),
            "cpu": seconds, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }  # fmt: skip
        if not speed_only:
            row |= {
                "nmi": np.mean([normalized_mutual_info_score(truth, own[known]) for own in found]),
                "ari": np.mean([adjusted_rand_score(truth, own[known]) for own in found]),
                "stability": np.mean([adjusted_rand_score(one, other) for one, other in combinations(found, 2)]),
                "npmi": np.nanmean(npmi), "diversity": np.mean(diversity),
                "placed": np.mean([(own >= 0).mean() for own in found]),
            }  # fmt: skip
        print(
            json.dumps({key: each if isinstance(each, str) else float(each) for key, each in row.items()}), flush=True
        )


def words_of(labels, corpus):
    """NPMI and diversity of the ten weightiest terms of each topic."""
    from coding.topics import quality
    from coding.topics.topic_words import count_terms, top_words, topic_counts, weights

    table = topic_counts(labels, count_terms(corpus.documents, corpus.known))
    words = [each for each in top_words(weights(table), corpus.known) if each]
    measured = quality.npmi(words, corpus.documents)
    return np.nan if measured is None else measured, quality.diversity(words)


def first_map(language, folder):
    """A worker that has worked before: 1,000 statements that are new to it, and the same again."""
    from coding.topics import vectors
    from tests.bench.topic_methods import METHODS, corpora

    fit = METHODS[NOT_QUICK]
    fit(next(corpora(language, [SMALL], folder)), 0, folder)
    corpus = next(corpora(language, [1_000], folder))
    vectors.forget(folder)
    for vectors_are in ("new", "at hand"):
        cpu, passed = time.process_time(), time.perf_counter()
        fit(corpus, 0, folder)
        print(
            f"first map of 1,000 statements, {language}, vectors {vectors_are}: "
            f"{time.process_time() - cpu:.1f} CPU s, {time.perf_counter() - passed:.1f} s passed", flush=True,
        )  # fmt: skip


def table(rows):
    """As in docs/measurements.md."""
    lines = [
        "| corpus | n | method | topics | NMI | ARI | stability | NPMI | diversity | placed | CPU s | MB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in sorted(rows, key=lambda each: (each["language"], each["corpus"] == "demo", each["n"])):
        figures = [f"{row[key]:.2f}" if key in row and row[key] == row[key] else "" for key in ("nmi", "ari", "stability", "npmi", "diversity", "placed")]  # fmt: skip
        lines.append(
            f"| {row['corpus']} {row['language']} | {row['n']:.0f} | {row['method']} | {row['topics']} | "
            f"{' | '.join(figures)} | {row['cpu']:.1f} | {row['mb']:.0f} |"
        )
    return "\n".join(lines)


def in_its_own_process(*arguments):
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.bench.topics_table", *arguments],
        env={"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false", **os.environ}, cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    if run.returncode:
        print(run.stderr, file=sys.stderr)
    return run.stdout.splitlines()


def main(quick):
    from tests.bench.topic_methods import FILES, METHODS

    if not FILES["ru"].exists():
        print("the corpus SIB-200 is not here")
        return
    rows, told = [], []
    with tempfile.TemporaryDirectory() as folder:
        for language, sizes in (QUICK if quick else SIZES).items():
            for method in METHODS:
                if not (quick and method == NOT_QUICK):
                    lines = in_its_own_process("--one", method, language, ",".join(map(str, sizes)), folder)
                    rows += [json.loads(line) for line in lines if line.startswith("{")]
            if not quick:
                told += in_its_own_process("--first-map", language, folder)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(table(rows), *told, f"{spent.ru_utime + spent.ru_stime:.0f} CPU s in all", sep="\n")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    if "--one" in sys.argv:
        _mark, name, spoken, numbers, place = sys.argv[1:]
        measure(name, spoken, [int(each) for each in numbers.split(",")], Path(place))
    elif "--first-map" in sys.argv:
        first_map(sys.argv[2], Path(sys.argv[3]))
    else:
        main("--quick" in sys.argv)
