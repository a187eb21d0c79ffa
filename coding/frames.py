"""The tables that everything speaks, and their contracts. A room that takes a frame may rely on its columns.

Positions (`start`, `end`) are 0-based, half-open code points of the source's text; times are seconds. `*_id`
columns hold strings: `expert_id` and `code_id` are the study's own keys ("L1", "prob.skills"), `group_id` the
group's ("loc"), `statement_id` and `source_id` are UUIDs, `coder_id` the coder's key ("A").
"""

from dataclasses import dataclass, field, fields, replace
from weakref import WeakValueDictionary

import pandas as pd
import pandera.pandas as pa

from coding.scale_points import scale_points

pd.set_option("mode.string_storage", "python")  # Arrow's strings cost a third more in tables as small as these

TEXT = pa.Column(str, coerce=True)
KEY = pa.Column(str, coerce=True)
POSITION = pa.Column("int64", pa.Check.ge(0), coerce=True)
SECONDS = pa.Column("float64", nullable=True, coerce=True)

STATEMENTS = pa.DataFrameSchema(
    {
        "statement_id": pa.Column(str, unique=True, coerce=True),
        "label": TEXT,  # the study's own name of the statement ("S-A.F1.03"), or ""
        "source_id": KEY,
        "source_kind": pa.Column(str, pa.Check.isin(["session", "chat", "answer", "document"]), coerce=True),
        "turn": POSITION,
        "order": POSITION,  # within the source
        "start": POSITION,
        "end": POSITION,
        "expert_id": KEY,  # "" unless an expert spoke
        "role": KEY,  # expert, moderator, assistant, interpreter, observer, unknown
        "text": TEXT,
        "language": KEY,
        "question_id": KEY,  # "" when unknown
        "start_s": SECONDS,
        "end_s": SECONDS,
    },
    strict="filter",
)
EXPERTS = pa.DataFrameSchema(
    {
        "expert_id": pa.Column(str, unique=True, coerce=True),
        "group_id": KEY,
        "level": KEY,
        "sector": KEY,
        "region": KEY,
        "consent": pa.Column(str, pa.Check.isin(["yes", "after_review", "no", "unknown"]), coerce=True),
    }  # and "attributes", where the roster has any: a dict of words a row
)
CODES = pa.DataFrameSchema(
    {
        "code_id": pa.Column(str, unique=True, coerce=True),
        "parent_id": KEY,  # "" for a root
        "root": KEY,  # the root's own code_id; a root's root is itself
        "polarity": pa.Column(str, pa.Check.isin(["negative", "positive", "neutral"]), coerce=True),
        "short": KEY,  # "P01"
        "label_en": TEXT,
        "label_ru": TEXT,
        "colour": KEY,  # "#D55E00"
        "order": POSITION,
    }
)
CODINGS = pa.DataFrameSchema(
    {
        "coding_id": pa.Column(str, unique=True, coerce=True),
        "source_id": KEY,
        "start": POSITION,
        "end": POSITION,
        "code_id": KEY,
        "coder_id": KEY,
        "layer": pa.Column(str, pa.Check.isin(["coder", "adjudicated"]), coerce=True),
        "origin": pa.Column(str, pa.Check.isin(["hand", "accepted_suggestion"]), coerce=True),
    },
    strict="filter",
)
GROUPS = pa.DataFrameSchema(
    {
        "group_id": pa.Column(str, unique=True, coerce=True),
        "label_en": TEXT,
        "label_ru": TEXT,
        "short_en": TEXT,
        "short_ru": TEXT,
        "colour": KEY,
        "order": POSITION,
    }
)
ITEMS = pa.DataFrameSchema(
    {
        "item_id": pa.Column(str, unique=True, coerce=True),
        "parent_id": KEY,  # the matrix it is a row of, or ""
        "type": pa.Column(
            str, pa.Check.isin(["single", "multi", "likert", "numeric", "rank", "date", "open"]), coerce=True
        ),
        "label_en": TEXT,
        "label_ru": TEXT,
        "scale": pa.Column(object),  # list of {"value": float, "en": str, "ru": str}, ascending; [] if none
        "code_id": KEY,  # the code it measures, or ""
        "order": POSITION,
        "section": pa.Column(str, coerce=True, default=""),
        "reverse": pa.Column(bool, coerce=True, default=False),  # its values are counted from the other end already
    },
    add_missing_columns=True,
)
ANSWERS = pa.DataFrameSchema(
    {
        "expert_id": KEY,
        "item_id": KEY,
        "value": pa.Column("float64", nullable=True, coerce=True),  # NaN when the answer is words or unsaid
        "text": TEXT,  # as written; "" if a number says all
        "cannot_say": pa.Column(bool, coerce=True),  # an answer of its own; a missing answer has no row
        "raw": pa.Column(str, coerce=True, default=""),  # the cell as written, where it says more than the value
        "unfit": pa.Column(bool, coerce=True, default=False),  # kept, and no answer of its item's kind: value is NaN
    },
    strict="filter",
    add_missing_columns=True,
)
VALUES = pa.DataFrameSchema(
    {
        "statement_id": KEY,
        "source_id": KEY,
        "attribute": KEY,  # the codebook's key of what is said besides codes ("direction")
        "value": KEY,
        "coder_id": KEY,
        "layer": pa.Column(str, pa.Check.isin(["coder", "adjudicated"]), coerce=True, default="coder"),
    },
    strict="filter",
    add_missing_columns=True,
)
SOURCES = pa.DataFrameSchema(
    {
        "source_id": pa.Column(str, unique=True, coerce=True),
        "key": KEY,
        "kind": KEY,
        "title": TEXT,
        "date": KEY,  # "2022-10-11", or "" when unknown
        "stage": pa.Column(str, coerce=True, default=""),  # the period that a document is of
        "order": POSITION,
    },
    strict="filter",
    add_missing_columns=True,
)
TOPICS = pa.DataFrameSchema(
    {"statement_id": KEY, "topic": pa.Column("int64", coerce=True), "probability": pa.Column("float64")}
)


_KEPT: WeakValueDictionary[tuple[str, int], pd.DataFrame] = WeakValueDictionary()
"""Tables of other frames, which keep their contract already; nobody writes into them."""


@dataclass(frozen=True, slots=True)
class Frames:
    """Everything one study has to say, as tables that keep their contracts."""

    statements: pd.DataFrame
    experts: pd.DataFrame
    groups: pd.DataFrame
    codes: pd.DataFrame
    codings: pd.DataFrame
    items: pd.DataFrame
    answers: pd.DataFrame
    values: pd.DataFrame = field(default_factory=lambda: empty(VALUES))
    sources: pd.DataFrame = field(default_factory=lambda: empty(SOURCES))

    def __post_init__(self) -> None:
        contracts = {
            "statements": STATEMENTS, "experts": EXPERTS, "groups": GROUPS, "codes": CODES,
            "codings": CODINGS, "items": ITEMS, "answers": ANSWERS,
            "values": VALUES, "sources": SOURCES,
        }  # fmt: skip
        for name, contract in contracts.items():
            table = getattr(self, name)
            if _KEPT.get((name, id(table))) is not table:
                table = validated(contract, table)
                object.__setattr__(self, name, _with_points(table) if name == "items" else table)
                _KEPT[name, id(getattr(self, name))] = getattr(self, name)

    def sharing(self, before: "Frames") -> "Frames":
        """The same, with the very tables of `before` where these hold the same: what was made of them is still known
        (`Remembered`)."""
        known = {each.name: (getattr(self, each.name), getattr(before, each.name)) for each in fields(self)}
        return replace(self, **{name: old for name, (new, old) in known.items() if new is not old and new.equals(old)})


def validated(contract: pa.DataFrameSchema, table: pd.DataFrame) -> pd.DataFrame:
    """The table as its contract wants it. Raises what `validate` does where it cannot be.

    A table in which nothing is wrong costs a tenth of what `validate` does, which makes ready to tell of every column
    what might be; it is asked for the words once something is.
    """
    if not table.columns.is_unique or not set(contract.columns) <= set(table.columns):
        return contract.validate(table)
    if any(each.default is not None and table[name].isna().any() for name, each in contract.columns.items()):
        return contract.validate(table)
    try:
        found = contract.coerce_dtype(table)
    except (pa.errors.SchemaError, pa.errors.SchemaErrors):
        return contract.validate(table)
    if contract.strict == "filter":
        found = found[[name for name in found.columns if name in contract.columns]]
    right = all(_is_right(column, found[name]) for name, column in contract.columns.items())
    return found if right else contract.validate(table)


def _is_right(column: pa.Column, values: pd.Series) -> bool:
    return bool(
        (column.coerce or column.dtype is None or values.dtype == column.dtype.type)
        and (column.nullable or not values.isna().any())
        and (not column.unique or values.is_unique)
        and all(check(values).check_passed for check in column.checks)
    )


def _with_points(items: pd.DataFrame) -> pd.DataFrame:
    scales = [scale_points(scale) for scale in items["scale"]]
    return items if scales == items["scale"].tolist() else items.assign(scale=pd.Series(scales, items.index, object))


def empty(contract: pa.DataFrameSchema) -> pd.DataFrame:
    """A frame with the contract's columns and no rows."""
    return contract.coerce_dtype(pd.DataFrame(columns=list(contract.columns)))
