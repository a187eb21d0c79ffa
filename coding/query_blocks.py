"""A query as a person puts it together: blocks of lines. Two levels say what practice asks, and stay readable.

A *line* is one condition, said plainly or with “not”. A *block* is lines of which all or any must hold, together with
where they must hold: in the statement itself, near it, or anywhere the same expert speaks. Blocks are joined once more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from coding.queries import ANYTHING, All, Any, Condition, HasCode, HasValue, Near, Not, SameExpert, Says

HERE, NEAR, ANOTHER, NOT_NEAR = "here", "near", "another", "not_near"
EXPERT, NOT_EXPERT = "expert", "not_expert"
PLACES = (HERE, NEAR, ANOTHER, NOT_NEAR, EXPERT, NOT_EXPERT)
ALL_OF, ANY_OF = "all", "any"
CODE, WORDS, VALUE = "code", "words", "value"
_NUMBERS = count(1)


@dataclass(slots=True)
class Line:
    """One condition. `code` is a code's key or "" for any code; `value` is "" for any value of the attribute.

    `number` tells two lines on a screen apart and says nothing.
    """

    kind: str = CODE
    negated: bool = False
    code: str = ""
    words: str = ""
    attribute: str = ""
    value: str = ""
    number: int = field(default_factory=lambda: next(_NUMBERS), compare=False)

    @property
    def says_something(self) -> bool:
        """Whether the line asks for anything: words without letters and no attribute ask for nothing."""
        return {CODE: True, WORDS: bool(self.words.strip()), VALUE: bool(self.attribute)}[self.kind]


@dataclass(slots=True)
class Block:
    """Lines that hold together, at a place."""

    lines: list[Line] = field(default_factory=lambda: [Line()])
    join: str = ALL_OF
    place: str = HERE
    within: int = 2
    number: int = field(default_factory=lambda: next(_NUMBERS), compare=False)


@dataclass(slots=True)
class Blocks:
    """What is asked: blocks, all or any of them."""

    blocks: list[Block] = field(default_factory=list)
    join: str = ALL_OF


def as_condition(blocks: Blocks) -> Condition:
    """The condition that the blocks say; lines and blocks that say nothing are passed over."""
    said = [each for each in map(_of_block, blocks.blocks) if each is not None]
    return _joined(said, blocks.join) if said else ANYTHING


def as_blocks(condition: Condition) -> Blocks | None:
    """The blocks that say a condition: the way back of `as_condition`. None for one that is deeper than blocks are."""
    if condition == ANYTHING:
        return Blocks()
    whole = _block(condition)
    if whole is not None:
        return Blocks([whole])
    if not isinstance(condition, All | Any):
        return None
    found = [_block(part) for part in condition.parts]
    return Blocks([block for block in found if block], _join(condition)) if all(found) else None


def _of_block(block: Block) -> Condition | None:
    lines = [_of_line(line) for line in block.lines if line.says_something]
    if not lines:
        return None
    inner = _joined(lines, block.join)
    match block.place:
        case "near":
            return Near(inner, block.within)
        case "another":
            return Near(inner, block.within, another=True)
        case "not_near":
            return Not(Near(inner, block.within))
        case "expert":
            return SameExpert(inner)
        case "not_expert":
            return Not(SameExpert(inner))
    return inner


def _of_line(line: Line) -> Condition:
    leaf: Condition
    if line.kind == CODE:
        leaf = HasCode(line.code)
    elif line.kind == WORDS:
        leaf = Says(line.words.strip())
    else:
        leaf = HasValue(line.attribute, line.value)
    return Not(leaf) if line.negated else leaf


def _joined(parts: list[Condition], join: str) -> Condition:
    if len(parts) == 1:
        return parts[0]
    return All(tuple(parts)) if join == ALL_OF else Any(tuple(parts))


def _block(condition: Condition) -> Block | None:
    match condition:
        case Near(part, within, True):
            return _placed(part, ANOTHER, within)
        case Near(part, within):
            return _placed(part, NEAR, within)
        case SameExpert(part):
            return _placed(part, EXPERT)
        case Not(Near(part, within, False)):
            return _placed(part, NOT_NEAR, within)
        case Not(SameExpert(part)):
            return _placed(part, NOT_EXPERT)
    return _placed(condition, HERE)


def _placed(condition: Condition, place: str, within: int = 2) -> Block | None:
    parts = condition.parts if isinstance(condition, All | Any) else (condition,)
    lines = [_line(part) for part in parts]
    if not parts or not all(lines):
        return None
    return Block([line for line in lines if line], _join(condition), place, within)


def _line(condition: Condition) -> Line | None:
    match condition:
        case Not(part):
            found = None if isinstance(part, Not) else _line(part)
            if found:
                found.negated = True
            return found
        case HasCode(code):
            return Line(CODE, code=code)
        case Says(words):
            return Line(WORDS, words=words)
        case HasValue(attribute, value):
            return Line(VALUE, attribute=attribute, value=value)
    return None


def _join(condition: Condition) -> str:
    return ANY_OF if isinstance(condition, Any) else ALL_OF
