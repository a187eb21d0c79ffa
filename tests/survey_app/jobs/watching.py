"""Wait for a job: until it speaks, until it has ended."""

import time

from survey_app import jobs

WORK = "tests.survey_app.jobs.work"
PATIENCE_S = 300


def until(condition, patience_s=PATIENCE_S):
    """Wait for what will happen soon; fails when it does not."""
    give_up = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < give_up, "it did not happen"
        time.sleep(0.01)


def ended(key, patience_s=PATIENCE_S):
    until(lambda: jobs.state(key).status not in {"waiting", "running"}, patience_s)
    return jobs.state(key)


def told(key):
    """What the job has said last, once it has begun to speak."""
    until(lambda: jobs.state(key).progress > 0)
    return jobs.state(key)
