"""A sheet to draw on: rectangles, words and dots become SVG whose colours and fonts the page's style sheet gives.

A figure is drawn twice, for a desk and for a phone; the page shows the one that its column has room for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from markupsafe import Markup

from survey_app.language import _
from survey_app.publishing.figures.letters import width_of, wrapped
from survey_app.views.style import k_of_n

WIDE, PHONE = 760, 340
"""Widths of the two drawings, in units that are pixels where a figure fills its column."""
SIZE, SMALL = 14.5, 12.5
"""Heights of letters; what steps back is small."""
LINE = 18
"""From one line of text to the next."""
HATCH, STRIPE = "url(#hatch)", "url(#stripe)"
"""Patterns that the page defines once: of what is hidden, and beside a colour."""


@dataclass(frozen=True, slots=True)
class Count:
    """k of n experts under a name; k is None where the release hides it. `key` is what a mark leads to."""

    key: str
    name: str
    k: int | None
    n: int
    polarity: str = "neutral"

    @property
    def share(self) -> float:
        """What part of all it is, for the length of a bar; 0 for what is hidden."""
        return self.k / self.n if self.k and self.n else 0.0

    @property
    def words(self) -> str:
        """ "14 of 20", or that it is hidden."""
        return hidden_word() if self.k is None else k_of_n(self.k, self.n)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in its two drawings."""

    wide: Markup
    phone: Markup


def hidden_word() -> str:
    """What stands in place of a number that is not published."""
    return _("hidden")


def drawn(draw: Callable[[Sheet], float], title: str, description: str, **data: str) -> Figure:
    """Draw on either sheet; `draw` returns the height that it has used. `data` says what the whole figure is about."""
    return Figure(*(_finished(Sheet(width), draw, title, description, data) for width in (WIDE, PHONE)))


@dataclass(slots=True)
class Sheet:
    """What is being drawn. `look` names classes of the style sheet; y of words is their base line."""

    width: int
    parts: list[str] = field(default_factory=list)

    @property
    def narrow(self) -> bool:
        """Whether it is the phone's."""
        return self.width <= PHONE

    def box(self, x: float, y: float, width: float, height: float, look: str, fill: str = "") -> None:
        """A rectangle; nothing where it has no width."""
        if width > 0:
            filled = f' fill="{fill}"' if fill else ""
            self.parts.append(
                f'<rect class="{look}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"{filled}/>'
            )

    def line(self, x: float, y: float, to_x: float, to_y: float, look: str) -> None:
        """A straight line."""
        self.parts.append(f'<path class="{look}" d="M{_n(x)} {_n(y)}L{_n(to_x)} {_n(to_y)}"/>')

    def words(self, x: float, y: float, text: str, look: str = "", anchor: str = "") -> None:
        """One line of text; `anchor` is "middle" or "end"."""
        named = f' class="{look}"' if look else ""
        placed = f' text-anchor="{anchor}"' if anchor else ""
        self.parts.append(f'<text{named} x="{_n(x)}" y="{_n(y)}"{placed}>{escape(text, quote=False)}</text>')

    def lines(
        self, x: float, y: float, text: str, room: float, look: str = "", anchor: str = "", size: float = SIZE
    ) -> float:
        """Text in as many lines as it needs; returns the y below them."""
        for line in wrapped(text, room, size):
            y += LINE if size == SIZE else LINE - 2.5
            self.words(x, y - 4, line, look, anchor)
        return y

    def dots(self, x: float, y: float, k: int, n: int, step: float, size: float, look: str) -> None:
        """n experts as a row of dots from x on, k of them filled: lines of round dashes, since n circles weigh more."""
        for count, width, kind in ((n, size, "ring"), (n, size - 2.2, "hole"), (k, size, look)):
            if count:
                self.parts.append(
                    f'<path class="dots {kind}" d="M{_n(x + size / 2)} {_n(y)}h{_n((count - 1) * step + 0.3)}" '
                    f'stroke-width="{_n(width)}" stroke-dasharray="0 {_n(step)}"/>'
                )

    def open(self, look: str = "", **data: str) -> None:
        """Begin a group; what it holds is one mark where `data` names its code or segment."""
        told = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
        self.parts.append(f'<g class="{look}"{told}>' if look else f"<g{told}>")

    def close(self) -> None:
        """End the group."""
        self.parts.append("</g>")


def room_for(words: list[str], size: float = SIZE) -> float:
    """How wide the widest of these lines is."""
    return max((width_of(text, size) for text in words), default=0)


def _finished(
    sheet: Sheet, draw: Callable[[Sheet], float], title: str, description: str, data: dict[str, str]
) -> Markup:
    height = draw(sheet)
    told = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    kind = "phone" if sheet.narrow else "wide"
    return Markup(  # every word in it went through `escape`  # noqa: S704
        f'<svg class="{kind}" viewBox="0 0 {sheet.width} {_n(height)}" role="img"{told}>'
        f"<title>{escape(title, quote=False)}</title><desc>{escape(description, quote=False)}</desc>"
        f"{''.join(sheet.parts)}</svg>"
    )


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
