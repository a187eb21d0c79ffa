"""Sentences for people, as data: a template that can be translated, and the values that fill it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence. `template` is the English text and the key of its translation; `values` fill its braces,
    a float with two decimals.

    A sentence that counts something has `plural` beside `template` (the singular) and `count`; `count` also
    fills the brace of that name.
    """

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    plural: str = ""
    count: int | None = None

    def __str__(self) -> str:
        text = self.plural if self.plural and self.count != 1 else self.template
        values = {name: f"{each:.2f}" if isinstance(each, float) else each for name, each in self.values.items()}
        return text.format(count=self.count, **values)


def sentence(template: str, **values: Any) -> Message:
    """Make a message; the name marks its first argument for the catalogue of translations."""
    return Message(template, values)


def counted(singular: str, plural: str, count: int, **values: Any) -> Message:
    """Make a message that counts; the name marks both forms for the catalogue of translations."""
    return Message(singular, values, plural, count)


class MessageError(Exception):
    """A problem told to the person who can mend it: what happened, where, what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message
