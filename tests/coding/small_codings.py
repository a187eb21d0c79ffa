"""Small texts with the codings of coders A, B and C, for tests."""

import pandas as pd
from hypothesis import strategies as st

from coding.comparing import Given, what_was_given

LINE = "aaaaaaaaaa\nbbbbbbbbbbbb"
TWO = [(0, 10), (11, 23)]


def statements_of(text: str, spans: list[tuple[int, int]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "statement_id": [f"s{n}" for n in range(len(spans))],
            "source_id": "S",
            "order": range(len(spans)),
            "start": [start for start, _ in spans],
            "end": [end for _, end in spans],
            "text": [text[start:end] for start, end in spans],
        }
    )


def codings_of(rows: list[tuple[str, str, int, int]], layer: str = "coder") -> pd.DataFrame:
    """Codings from (coder, code, start, end)."""
    return pd.DataFrame(
        [(f"{layer}{n}", "S", start, end, code, coder, layer, "hand") for n, (coder, code, start, end) in enumerate(rows)],
        columns=["coding_id", "source_id", "start", "end", "code_id", "coder_id", "layer", "origin"],
    ).astype({"start": "int64", "end": "int64"})  # fmt: skip


def reviews_of(rows: list[tuple[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["statement_id", "coder_id"], dtype=object)


def two_coders(rows: list[tuple[str, str, int, int]], text: str = LINE, spans=TWO, **more) -> Given:
    """A and B, who both looked at every statement."""
    statements = statements_of(text, spans)
    seen = reviews_of([(key, coder) for key in statements["statement_id"] for coder in "AB"])
    return what_was_given(statements, codings_of(rows), seen, ["A", "B"], **more)


JUDGED = st.dictionaries(
    st.tuples(st.sampled_from(["s0", "s1", "s2", "s3"]), st.sampled_from("ABC")),
    st.sets(st.sampled_from("xyz")),
    max_size=12,
)


def judged(judgements: dict[tuple[str, str], set[str]], decided: dict[str, set[str]] | None = None) -> Given:
    """Statements of four letters each, coded as wholes, and perhaps decided; an empty set is a look, or no code."""
    statements = statements_of("aaaa bbbb cccc dddd", [(0, 4), (5, 9), (10, 14), (15, 19)])

    def rows(of: dict[tuple[str, str], set[str]]) -> list[tuple[str, str, int, int]]:
        starts = {(key, who): 5 * int(key[1]) for key, who in of}
        return [(place[1], code, starts[place], starts[place] + 4) for place, codes in of.items() for code in codes]

    settled = {(key, "nobody"): codes for key, codes in (decided or {}).items()}
    codings = pd.concat([codings_of(rows(judgements)), codings_of(rows(settled), "adjudicated")])
    return what_was_given(statements, codings, reviews_of(list(judgements)), ["A", "B", "C"], decided=decided or ())
