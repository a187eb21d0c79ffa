"""What a code must be to fit into its codebook, and where it stands among the others."""

import re

from survey_app.store import schema
from survey_app.store.log import Change, Row
from transcripts.messages import MessageError, sentence

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
SHORT = re.compile(r"\S{1,12}")
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
POLARITIES = ("negative", "positive", "neutral")


class CodebookProblem(MessageError):
    """A code that would not fit into the codebook."""


def name_of(code: Row) -> str:
    """What a code is called in a sentence about it."""
    return str(code["label_en"] or code["label_ru"])


def need(present: list[Row], code_id: str) -> Row:
    """The code of that id among those of the study, used or not."""
    for row in present:
        if row["id"] == code_id:
            return row
    raise CodebookProblem(sentence("This code is no longer in the codebook. Load the page again."))


def need_in_use(present: list[Row], code_id: str) -> Row:
    """The same, of a code that coders find."""
    code = need(present, code_id)
    if code["archived"]:
        raise CodebookProblem(sentence("“{label}” is out of use. Choose another place.", label=name_of(code)))
    return code


def readable(words: str) -> str:
    """Words of a code without characters that no file could hold, and without white space around them."""
    return UNREADABLE.sub("", words).strip()


def need_below_a_root(code: Row) -> None:
    """Refuse a root, which holds the others and no codings of its own."""
    if code["parent_id"] is None:
        raise CodebookProblem(sentence("“{label}” is a root. Choose a code below it.", label=name_of(code)))


def above(present: list[Row], code_id: str) -> set[str]:
    """A code's id and those of all above it."""
    by_id = {row["id"]: row for row in present}
    found: set[str] = set()
    at: str | None = code_id
    while at:
        found.add(at)
        at = by_id[at]["parent_id"]
    return found


def below(present: list[Row], code_id: str) -> set[str]:
    """A code's id and those of all below it."""
    found = {code_id}
    while True:
        more = {row["id"] for row in present if row["parent_id"] in found} - found
        if not more:
            return found
        found |= more


def need_movable(present: list[Row], code_id: str, parent_id: str | None) -> tuple[Row, Row | None]:
    """A code and the one that it may hang under; None and a root belong together."""
    code = need(present, code_id)
    if (code["parent_id"] is None) != (parent_id is None):
        raise CodebookProblem(sentence("A root stays where it is: only the codes below it can be moved."))
    if parent_id is None:
        return code, None
    parent = need_in_use(present, parent_id)
    if parent_id in below(present, code_id):
        raise CodebookProblem(sentence("A code cannot be moved below itself. Choose another place."))
    return code, parent


def refuse_double(present: list[Row], label_en: str, label_ru: str, own_id: str) -> None:
    """Two codes in use have no name in common, in either language."""
    for row in present:
        if row["id"] == own_id or row["archived"]:
            continue
        for mine, theirs in ((label_en, row["label_en"]), (label_ru, row["label_ru"])):
            if mine.strip() and mine.strip().casefold() == theirs.casefold():
                raise CodebookProblem(sentence("There is already a code named “{label}”.", label=theirs))


def need_colour(colour: str) -> None:
    """Refuse what is no colour."""
    if not COLOUR.fullmatch(colour):
        raise CodebookProblem(sentence("“{colour}” is not a colour. Write it as #D55E00.", colour=colour))


def need_short(present: list[Row], short: str, own_id: str) -> None:
    """A short name is one word that no other code has; none at all is fine too."""
    if short and not SHORT.fullmatch(short):
        raise CodebookProblem(sentence("A short name is one word of at most 12 signs, like P01."))
    for row in present:
        if short and row["id"] != own_id and row["short"].casefold() == short.casefold():
            raise CodebookProblem(
                sentence("The short name “{short}” belongs to “{label}”.", short=short, label=name_of(row))
            )


def free_short(present: list[Row], parent: Row) -> str:
    """The next short name of the root's family: P16 after P15."""
    family = [row["short"] for row in present if row["root_key"] == parent["root_key"] and row["short"]]
    letters = [found.group(1) for short in family if (found := re.fullmatch(r"([A-Z]+)\d+", short))]
    letter = letters[0] if letters else "X"
    taken = {row["short"] for row in present}
    return next(short for short in (f"{letter}{n:02d}" for n in range(1, 1000)) if short not in taken)


def siblings(present: list[Row], parent_id: str | None) -> list[str]:
    """The ids below a parent, in order."""
    return [row["id"] for row in present if row["parent_id"] == parent_id]


def put_in_order(change: Change, present: list[Row], ordered: list[str]) -> None:
    """Let siblings stand in this order, by sharing out among them the positions that they have together."""
    by_id = {row["id"]: row for row in present}
    places = sorted({by_id[row_id]["position"] for row_id in ordered})
    if len(places) < len(ordered):
        first = 1 + max(row["position"] for row in present)
        places = list(range(first, first + len(ordered)))
    for row_id, place in zip(ordered, places, strict=True):
        if by_id[row_id]["position"] != place:
            change.update(schema.code, row_id, position=place)
