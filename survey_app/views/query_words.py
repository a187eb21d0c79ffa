"""A query in words, as a person would say it, in the language of the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coding.queries import (
    ADJUDICATED,
    All,
    Any,
    Condition,
    HasCode,
    HasValue,
    Near,
    Not,
    Query,
    SameExpert,
    Says,
    Where,
)
from survey_app.language import _, ngettext


@dataclass(frozen=True, slots=True)
class Names:
    """What keys are called on screen; what has no name keeps its key."""

    codes: Mapping[str, str]
    groups: Mapping[str, str]
    questions: Mapping[str, str]
    sources: Mapping[str, str]
    kinds: Mapping[str, str]
    attributes: Mapping[str, str]
    values: Mapping[tuple[str, str], str]


def query_words(query: Query, names: Names) -> str:
    """One line: what is looked for, where, and on whose codings."""
    what = _("every statement") if query.that == All(()) else condition_words(query.that, names)
    layer = _("adjudicated codings") if query.layer == ADJUDICATED else _("own codings")
    return " · ".join([what, *where_words(query.where, names), layer])


def condition_words(condition: Condition, names: Names) -> str:
    """A condition; what is made of several stands in brackets inside another."""
    match condition:
        case HasCode(""):
            return _("any code")
        case HasCode(code):
            return names.codes.get(code, code)
        case Says(words):
            return _("“{words}”", words=words)
        case HasValue(attribute, value):
            name = names.attributes.get(attribute, attribute)
            said = names.values.get((attribute, value), value) if value else _("any value")
            return f"{name}: {said}"
        case All(parts):
            return _(" and ").join(_inside(part, names) for part in parts) if parts else _("every statement")
        case Any(parts):
            return _(" or ").join(_inside(part, names) for part in parts) if parts else _("no statement")
        case Not(part):
            return _("not {what}", what=_inside(part, names))
        case Near(part, within, another):
            near = ngettext("at most {count} statement away", "at most {count} statements away", within)
            if another:
                near = ngettext(
                    "in another, at most {count} statement away", "in another, at most {count} statements away", within
                )
            return f"{near}: {_inside(part, names)}"
        case SameExpert(part):
            return _("the same expert says anywhere: {what}", what=_inside(part, names))


def where_words(where: Where, names: Names) -> list[str]:
    """What narrows the place, one phrase each."""
    chosen = (
        (where.groups, names.groups), (where.questions, names.questions), (where.sources, names.sources),
        (where.kinds, names.kinds),
    )  # fmt: skip
    said = [", ".join(called.get(key, key) for key in keys) for keys, called in chosen if keys]
    if where.since and where.until:
        said.append(_("from {since} to {until}", since=where.since, until=where.until))
    elif where.since:
        said.append(_("since {since}", since=where.since))
    elif where.until:
        said.append(_("until {until}", until=where.until))
    return said


def _inside(condition: Condition, names: Names) -> str:
    words = condition_words(condition, names)
    several = isinstance(condition, All | Any) and len(condition.parts) > 1
    return f"({words})" if several or isinstance(condition, Near | SameExpert) else words
