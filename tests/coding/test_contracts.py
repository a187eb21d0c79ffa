"""Contracts of tables: the short way and pandera's own agree on everything, also on what they refuse."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandera.errors import SchemaError, SchemaErrors

from coding.frames import ANSWERS, CODINGS, ITEMS, validated

GOOD = [
    (CODINGS, {
        "coding_id": "1", "source_id": "s", "start": 0, "end": 5, "code_id": "c", "coder_id": "A", "layer": "coder",
        "origin": "hand",
    }),
    (ANSWERS, {
        "expert_id": "L1", "item_id": "q1", "value": 4.0, "text": "", "cannot_say": False, "raw": "", "unfit": False,
    }),
    (ITEMS, {
        "item_id": "q1", "parent_id": "", "type": "likert", "label_en": "", "label_ru": "", "scale": [], "code_id": "",
        "order": 0, "section": "", "reverse": False,
    }),
]  # fmt: skip
ODD = [None, float("nan"), -1, 3, "7", "", "coder", "no such", 2.5, True, []]


@given(st.data())
def test_a_table_is_taken_or_refused_as_pandera_does(data):
    contract, good = data.draw(st.sampled_from(GOOD), label="contract")
    rows = [dict(good) for _each in range(data.draw(st.integers(0, 3), label="rows"))]
    for row in rows:
        for name in data.draw(st.lists(st.sampled_from(list(row)), max_size=2), label="changed"):
            row[name] = data.draw(st.sampled_from(ODD), label=name)
    names = data.draw(st.permutations([*good, "beside"]), label="columns")
    missing = data.draw(st.sampled_from(["", "raw", "section", "start", "type"]), label="missing")
    table = pd.DataFrame(rows, columns=[name for name in names if name != missing])
    try:
        wanted = contract.validate(table)
    except (SchemaError, SchemaErrors, TypeError, ValueError) as problem:
        with pytest.raises(type(problem)):
            validated(contract, table)
    else:
        pd.testing.assert_frame_equal(validated(contract, table), wanted)


def test_a_refusal_says_what_is_wrong():
    with pytest.raises(SchemaError, match="coding_id"):
        validated(CODINGS, pd.DataFrame([GOOD[0][1]] * 2))
