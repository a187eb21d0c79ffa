"""Answers picked from a list: which separator joins them, which options there were, what somebody wrote beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from survey_app.questionnaires.scales import Point
from survey_app.questionnaires.wording import pair, plain_key

Cells = Sequence[str] | Mapping[str, int]
"""All cells of a column, or the different ones counted."""
MOST_OPTIONS = 40
MOST_CHOSEN = 20
_SEPARATORS = (";", "\n", "|", ", ")
"""Google Forms joins by ";" in its CSV and by ", " in the sheet, whose options may hold commas themselves."""

_OTHER = re.compile(r"(other|друг(ое|ой|ая|ие))\b")


def points(options: Iterable[str]) -> tuple[Point, ...]:
    """Options as points, valued from 1 in the order given; those that read the same once."""
    distinct: dict[str, str] = {}
    for option in options:
        distinct.setdefault(plain_key(option), option)
    return tuple(
        {"value": float(number), "en": en, "ru": ru}
        for number, (en, ru) in enumerate((pair(option) for option in distinct.values()), 1)
    )


def is_other(point: Mapping[str, object]) -> bool:
    """Whether an option stands for an answer in words of one's own."""
    return any(_OTHER.match(plain_key(str(point.get(name, "")))) for name in ("en", "ru"))


def counted(cells: Cells) -> Mapping[str, int]:
    """Different cells as they come, each with how often it is there."""
    return cells if isinstance(cells, Mapping) else Counter(cells)


def with_other(known: Sequence[Point], cells: Iterable[str], sign: str = "") -> tuple[Point, ...]:
    """The options, and one for other answers if some cell holds words beside them. `sign` as in `pick`."""
    beside = any(pick(cell, known, sign)[1] for cell in dict.fromkeys(cells))
    if not beside or any(is_other(point) for point in known):
        return tuple(known)
    return (*known, {"value": len(known) + 1.0, "en": "other", "ru": "другое"})


def separator(cells: Iterable[str]) -> str:
    """What joins the choices of a cell; "" when nothing does."""
    together = "\0".join(cells)
    return next((sign for sign in _SEPARATORS if sign in together), "")


def atoms(cell: str, sign: str) -> list[str]:
    """The parts of a cell. Where the cell begins in upper case, a part in lower case goes on with the one before."""
    if not sign:
        return [cell.strip()] if cell.strip() else []
    parts = [part.strip() for part in cell.split(sign) if part.strip()]
    if sign != ", " or not parts or not parts[0][:1].isupper():
        return parts
    joined: list[str] = []
    for part in parts:
        if joined and part[:1].islower():
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return joined


def options(cells: Cells, sign: str = "") -> list[str]:
    """Every choice that was made more than once or stands before another, most usual first."""
    different = counted(cells)
    split, counts = _apart(different, sign or separator(different))
    written: dict[str, str] = {}
    inner = {plain_key(part) for parts, _times in split for part in parts[:-1]}
    for part in (part for parts, _times in split for part in parts):
        written.setdefault(plain_key(part), part)
    found = [key for key, count in counts.most_common() if count > 1 or key in inner]
    return [written[key] for key in found[:MOST_OPTIONS]]


def ticked(cells: Cells, sign: str = "") -> list[str]:
    """The options of a multiple choice, or [] when the cells do not look like one.

    `sign` is what joins the choices; where it is to be found, every separator in the cells is tried.
    """
    different = counted(cells)
    signs = [sign] if sign else [each for each in _SEPARATORS if any(each in cell for cell in different)]
    return next((options(different, each) for each in signs if _looks_ticked(different, each)), [])


def _looks_ticked(cells: Mapping[str, int], sign: str) -> bool:
    everything = sum(cells.values())
    if sum(times for cell, times in cells.items() if sign in cell) < max(2, 0.15 * everything):
        return False
    split, counts = _apart(cells, sign)
    several = sum(times for parts, times in split if len(parts) > 1)
    recurring = sum(count for count in counts.values() if count > 1)
    sentences = sum(times for cell, times in cells.items() if cell.rstrip()[-1:] in ".!?…")
    return (
        several >= max(2, 0.15 * everything)
        and recurring >= 0.6 * sum(counts.values())
        and len(counts) <= MOST_OPTIONS
        and (sign != ", " or sentences < 0.3 * everything)
    )


def _apart(cells: Mapping[str, int], sign: str) -> tuple[list[tuple[list[str], int]], Counter[str]]:
    """The parts of every different cell with how often it was written, and how often each part was."""
    split = [(atoms(cell, sign), times) for cell, times in cells.items()]
    counts: Counter[str] = Counter()
    for parts, times in split:
        for part in parts:
            counts[plain_key(part)] += times
    return split, counts


def ranked(cells: Cells, sign: str = "") -> list[str]:
    """The options of a ranking, each cell holding all of them in some order; or []."""
    different = counted(cells)
    sign = sign or separator(different)
    parts = atoms(next(iter(different), ""), sign)
    first = [plain_key(part) for part in parts]
    if len(different) < 2 or len(first) < 3 or len(set(first)) < len(first):
        return []
    wanted, orders = sorted(first), set()
    for cell in different:
        order = [plain_key(part) for part in atoms(cell, sign)]
        if sorted(order) != wanted:
            return []
        orders.add(tuple(order))
    return parts if len(orders) > 1 else []


def chosen(cells: Cells) -> list[str]:
    """The options of a single choice, by first appearance; or [] when too few answers recur."""
    different = counted(cells)
    counts: Counter[str] = Counter()
    for cell, times in different.items():
        counts[plain_key(cell)] += times
        if len(counts) > MOST_CHOSEN:
            return []
    short = all(len(cell) <= 160 for cell in different)
    everything = sum(different.values())
    recur = everything > len(counts) and len(counts) <= max(2, 0.5 * everything)
    return list(different) if short and recur and counts.most_common(1)[0][1] > 1 else []


def pick(cell: str, known: Sequence[Point], sign: str = "") -> tuple[list[int], str]:
    """Places in `known` of what a cell picks, in the cell's order, and what was written beside them.

    Parts are matched longest first, so that neither an option nor another answer is torn at a comma of its own.
    `sign` is what joins them, "" where it is to be found.
    """
    wording = {key: place for place, point in enumerate(known) for key in _wordings(point)}
    sign = sign or separator([cell])
    parts = [part.strip() for part in cell.split(sign) if part.strip()] if sign else [cell.strip()]
    lengths = sorted({length for point in known for length in _lengths(point, sign)} | {1}, reverse=True)
    picked: list[int] = []
    beside: list[list[str]] = []
    start, running = 0, False
    while start < len(parts):
        ends = (start + length for length in lengths if start + length <= len(parts))
        end = next((end for end in ends if plain_key(sign.join(parts[start:end])) in wording), None)
        if end is not None:
            picked.append(wording[plain_key(sign.join(parts[start:end]))])
        elif running:
            beside[-1].append(parts[start])
        else:
            beside.append([parts[start]])
        running = end is None
        start = end or start + 1
    return list(dict.fromkeys(picked)), "; ".join(sign.join(run) for run in beside)


def _wordings(point: Point) -> set[str]:
    """Keys of an option: each language, and both in either order."""
    en, ru = (plain_key(str(point[name])) if point[name] else "" for name in ("en", "ru"))
    own = plain_key(str(point["key"])) if point.get("key") else ""
    return {" ".join(part for part in both if part) for both in ((en,), (ru,), (en, ru), (ru, en), (own,))} - {""}


def _lengths(point: Point, sign: str) -> set[int]:
    """Into how many parts the separator tears an option, in each language and in both."""
    if not sign:
        return {1}
    en, ru = (str(point[name]).count(sign.strip() or sign) for name in ("en", "ru"))
    return {en + 1, ru + 1, en + ru + 1}
