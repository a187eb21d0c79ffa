"""The clock on the wall: seconds since midnight, past 24 h after midnight."""

from collections.abc import Sequence

DAY = 86_400


def seconds_of(hours: str, minutes: str, seconds: str = "0", half: str | None = None) -> float:
    """Seconds since midnight; `half` is the first letter of AM or PM where the clock has twelve hours."""
    hour = int(hours)
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return hour * 3600.0 + int(minutes) * 60 + int(seconds)


def past_midnight(times: Sequence[float]) -> list[float]:
    """The same times, a day later after each fall by more than half a day."""
    found: list[float] = []
    days = 0
    for index, time in enumerate(times):
        if index and times[index - 1] - time > DAY / 2:
            days += 1
        found.append(time + days * DAY)
    return found
