"""Many short answers from end to end: CPU seconds of each stage and the most memory, each size in a process of its own.

`python -m tests.bench.topics_large LANGUAGE N [N ...]`; nothing is stored beforehand, so that all is embedded.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.synthetic import answers

ROOT = Path(__file__).parents[2]
STAGES = {
    "Loading": "embedding", "Turning": "embedding", "Grouping": "runs", "Looking": "tree", "Drawing": "map",
    "Placing": "placing", "Writing": "words and levels", "Reading": "reading words", "Choosing": "choosing",
}  # fmt: skip


def measure(language, n, folder):
    from sklearn.metrics import normalized_mutual_info_score

    from coding.topics.job import as_json
    from coding.topics.model import fit_topics

    statements, topics = answers(n, language)
    spent, before = {}, ["start", time.process_time()]

    def told(_share, message):
        now = time.process_time()
        spent[before[0]] = spent.get(before[0], 0) + now - before[1]
        before[:] = [STAGES[str(message).split()[0]], now]

    begun, passed = time.process_time(), time.perf_counter()
    result = fit_topics(statements, n_topics=8, cache_folder=folder, progress=told)
    told(1, "Choosing")
    placed = {each.statement_id: each.topic for each in result.assignments}
    return {
        "language": language, "n": n, "seconds": {stage: round(each, 1) for stage, each in spent.items()},
        "cpu": round(time.process_time() - begun, 1), "passed": round(time.perf_counter() - passed, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "nmi": round(normalized_mutual_info_score(topics, [placed[each.id] for each in statements]), 3),
        "stability": round(result.quality.stability, 3),
        "json_mb": round(len(json.dumps(as_json(result), ensure_ascii=False)) / 1e6, 1),
    }  # fmt: skip


def main(language, sizes):
    for n in sizes:
        with tempfile.TemporaryDirectory() as folder:
            if language == "ru":
                from coding.topics.models import needed_folder

                needed_folder("navec", Path(folder))
            run = subprocess.run(
                [sys.executable, "-W", "ignore", "-m", "tests.bench.topics_large", "--one", language, n, folder],
                env={**os.environ, "OMP_NUM_THREADS": "1"}, cwd=ROOT, capture_output=True, text=True,
            )  # fmt: skip
            print(run.stdout.strip() or run.stderr, flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))))
    else:
        main(sys.argv[1], sys.argv[2:])
