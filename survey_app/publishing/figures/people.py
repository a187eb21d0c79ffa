"""Codes of one question: every expert a dot, filled for those who name the code; bars where experts are many."""

from collections.abc import Sequence

from survey_app.publishing.figures.drawing import HATCH, LINE, WIDE, Count, Figure, Sheet, drawn, room_for
from survey_app.publishing.figures.letters import wrapped

_MOST = 24
"""Experts up to whom each is a dot."""
_STEP = 20.5
"""From one dot to the next, at most."""
_LABEL = 262
_BAR = 14


def people(
    counts: Sequence[Count], segment: str, title: str, description: str, *, look: str = "b", most: int = _MOST
) -> Figure:
    """The most named first, what nobody names included: its empty dots say so. Where more than `most` stand behind a
    row, all are bars on beds as long as there are experts."""
    longest = max((count.n for count in counts), default=0)
    rows = sorted(counts, key=lambda count: (count.k is None, -(count.k or 0)))

    def draw(sheet: Sheet) -> float:
        y = 2.0
        for count in rows:
            y = _row(sheet, count, y, room_for([each.words for each in rows], 14), look, longest, longest <= most)
        return y

    return drawn(draw, title, description, segment=segment)


def _row(
    sheet: Sheet, count: Count, y: float, numbers: float, look: str, longest: int, dotted: bool
) -> float:  # fmt: skip
    x, room = (0, sheet.width) if sheet.narrow else (_LABEL + 14, WIDE - _LABEL - 14)
    label = sheet.width - numbers - 10 if sheet.narrow else _LABEL
    lines = len(wrapped(count.name, label, 14.5))
    high = lines * LINE + 26 if sheet.narrow else max(lines * LINE, 24) + 12
    sheet.open("m", **({"code": count.key} if count.key else {}))
    sheet.box(0, y, sheet.width, high - 3, "hit")
    below = sheet.lines(0, y + 1, count.name, label)
    middle = below + 9 if sheet.narrow else y + 12
    full = room if sheet.narrow else room - numbers - 12
    end = full
    if count.k is None:
        sheet.box(x, middle - _BAR / 2, full, _BAR, "hid", HATCH)
    elif dotted:
        step = min(full / max(longest, 1), _STEP)
        end = step * count.n
        sheet.dots(x, middle, count.k, count.n, step, min(step - 2.5, 14), look)
    else:
        end = full * count.n / longest
        sheet.box(x, middle - _BAR / 2, end, _BAR, "bed")
        sheet.box(x, middle - _BAR / 2, end * count.share, _BAR, look)
    if sheet.narrow:
        sheet.words(sheet.width, y + LINE - 3, count.words, "n", "end")
    else:
        sheet.words(x + end + 10, middle + 5, count.words, "n")
    sheet.close()
    return y + high
