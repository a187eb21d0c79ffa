"""What hinders and what helps: problems to the left, enablers to the right; on a phone one below the other."""

from collections.abc import Iterable, Sequence

from survey_app.language import _, ngettext
from survey_app.publishing.figures.drawing import HATCH, LINE, STRIPE, Count, Figure, Sheet, drawn
from survey_app.publishing.figures.letters import width_of, wrapped

_BAR = 13
_GAP = 13
_MIDDLE = 14
"""Between the two sides."""


def mirrored(counts: Sequence[Count], segment: str, title: str, description: str) -> Figure:
    """Bars on beds as long as all experts, the most named first; what nobody names stands in the table alone."""
    sides = [ranked(count for count in counts if count.polarity == side) for side in ("negative", "positive")]

    def draw(sheet: Sheet) -> float:
        if sheet.narrow:
            below = _side(sheet, _("Problems"), sides[0], 0, sheet.width, False, 0)
            return _side(sheet, _("Enablers"), sides[1], 0, sheet.width, False, below + 16)
        half = (sheet.width - _MIDDLE) / 2
        foot = max(
            _side(sheet, _("Problems"), sides[0], half, half, True, 0),
            _side(sheet, _("Enablers"), sides[1], half + _MIDDLE, half, False, 0),
        )
        sheet.line(sheet.width / 2, 30, sheet.width / 2, foot, "axis")
        return foot

    return drawn(draw, title, description, segment=segment)


def ranked(counts: Iterable[Count]) -> list[Count]:
    """The most named first, what is hidden last; ties as they came. Without what nobody names."""
    told = [count for count in counts if count.k is None or count.k]
    return sorted(told, key=lambda count: (count.k is None, -(count.k or 0)))


def _side(
    sheet: Sheet, heading: str, counts: list[Count], x: float, room: float, leftward: bool, y: float
) -> float:  # fmt: skip
    """One side from its inner edge x outward; returns the y below it."""
    anchor = "end" if leftward else ""
    sheet.words(x, y + 16, heading, "h", anchor)
    y += 28
    if not counts:
        return sheet.lines(x, y, _("Nobody has named one here."), room, "s", anchor)
    full = room - max(width_of(count.words, 14) for count in counts) - 12
    for count in counts:
        y = _row(sheet, count, x, room, full, leftward, y)
    return y


def _row(sheet: Sheet, count: Count, x: float, room: float, full: float, leftward: bool, y: float) -> float:
    lines = wrapped(count.name, room - 6, 14.5)
    high = len(lines) * LINE + _BAR + _GAP
    anchor = "end" if leftward else ""
    sheet.open("m", code=count.key)
    sheet.box(x - room if leftward else x, y, room, high - 2, "hit")
    top = sheet.lines(x, y, count.name, room - 6, "", anchor) + 1

    def laid(length: float, look: str, fill: str = "") -> None:
        sheet.box(x - length if leftward else x, top, length, _BAR, look, fill)

    laid(full, "bed")
    if count.k is None:
        laid(full, "hid", HATCH)
    else:
        laid(count.share * full, "p" if count.polarity == "negative" else "e")
        if count.polarity == "positive":
            laid(count.share * full, "over", STRIPE)
    end = (full if count.k is None else count.share * full) + 7
    sheet.words(x - end if leftward else x + end, top + _BAR - 2, count.words, "n", anchor)
    sheet.close()
    return y + high


def unnamed(counts: Sequence[Count]) -> str:
    """What the figure leaves to the table, in words; "" where it leaves nothing."""
    silent = sum(count.k == 0 for count in counts)
    if not silent:
        return ""
    return ngettext("{count} code that nobody names stands in the table.",
                    "{count} codes that nobody names stand in the table.", silent)  # fmt: skip
