"""How long a job may still take, by the share that is done and the time that has passed."""

EARLIEST_SHARE, EARLIEST_S = 0.05, 3.0
"""Before this nothing can be told."""


def seconds_left(share: float, seconds: float) -> float | None:
    """Seconds, as if the work went on as it has gone so far; None while too little of it is done."""
    if share < EARLIEST_SHARE or seconds < EARLIEST_S:
        return None
    return seconds * (1 - min(share, 1.0)) / share
