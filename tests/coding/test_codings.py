"""A coding counts for the statements it overlaps by at least half of the shorter of the two."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.codings import choose_layer, codes_of_statements, places_of_codes


def statements_of(text: str, spans: list[tuple[int, int]], source: str = "S") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "statement_id": [f"{source}{n}" for n in range(len(spans))],
            "source_id": source,
            "start": [start for start, _ in spans],
            "end": [end for _, end in spans],
            "text": [text[start:end] for start, end in spans],
        }
    )


def codings_of(spans: list[tuple[int, int]], source: str = "S") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "coding_id": [f"coding{n}" for n in range(len(spans))],
            "source_id": source,
            "start": [start for start, _ in spans],
            "end": [end for _, end in spans],
            "code_id": "prob.skills",
            "coder_id": "A",
            "layer": "coder",
            "origin": "hand",
        }
    )


def coded(text: str, statements: list[tuple[int, int]], coding: tuple[int, int]) -> list[str]:
    return codes_of_statements(statements_of(text, statements), codings_of([coding]))["statement_id"].tolist()


LINE = "aaaaaaaaaa\nbbbbbbbbbbbb"  # 10 and 12 code points, one line feed between
TWO = [(0, 10), (11, 23)]


@pytest.mark.parametrize(
    ("coding", "counts_for"),
    [
        ((0, 10), ["S0"]),  # the statement itself
        ((2, 5), ["S0"]),  # a word inside it: the coding is the shorter
        ((0, 23), ["S0", "S1"]),  # a coding over both
        ((5, 23), ["S0", "S1"]),  # exactly half of the first
        ((6, 23), ["S1"]),  # one point less than half of the first
        ((0, 17), ["S0", "S1"]),  # exactly half of the second
        ((0, 16), ["S0"]),  # one point less than half of the second
        ((8, 13), []),  # 5 points, 2 in each statement: half of neither
        ((8, 12), ["S0"]),  # 4 points, 2 of them in the first: exactly half of the coding
        ((9, 12), []),  # 3 points, one in each
        ((10, 11), []),  # the line feed alone
    ],
)
def test_half_of_the_shorter_decides(coding, counts_for):
    assert coded(LINE, TWO, coding) == counts_for


def test_white_space_at_the_edges_is_not_measured():
    text = "  aaaa  \n bbbb"
    loose, tight = [(0, 8), (9, 14)], [(2, 6), (10, 14)]
    assert coded(text, loose, (0, 4)) == coded(text, tight, (2, 4)) == ["S0"]
    # 2 of the 4 points of the first, 4 of the 4 of the second; with its white space the first would have 8
    assert coded(text, loose, (4, 14)) == ["S0", "S1"]
    assert coded(text, loose, (5, 14)) == ["S1"]
    # white space selected with a word: the coding is 1 point long, not 4
    assert coded(text, loose, (5, 9)) == ["S0"]
    assert coded(text, loose, (6, 10)) == []


def places(text: str, statements: list[tuple[int, int]], coding: tuple[int, int]) -> list[tuple[int, int]]:
    found = places_of_codes(statements_of(text, statements), codings_of([coding]))
    return list(zip(found["start"], found["end"], strict=True))


@pytest.mark.parametrize(
    ("coding", "parts"),
    [
        ((2, 5), [(2, 5)]),  # a word inside a statement
        ((0, 23), [(0, 10), (11, 23)]),  # both: cut between them, the line feed belongs to neither
        ((5, 22), [(5, 10), (11, 22)]),
        ((0, 16), [(0, 16)]),  # counts for the first only, and runs on
        ((4, 11), [(4, 10)]),  # the line feed at the edge is left out
    ],
)
def test_each_statement_has_its_part_of_the_coding(coding, parts):
    assert places(LINE, TWO, coding) == parts


def test_the_parts_of_a_coding_are_places_of_its_own_source():
    statements = pd.concat([statements_of(LINE, TWO, "S"), statements_of("  aaaa  \n bbbb", [(0, 8), (9, 14)], "T")])
    found = places_of_codes(statements, codings_of([(1, 14)], "T"))
    assert list(zip(found["start"], found["end"], strict=True)) == [(2, 6), (10, 14)]


def test_words_between_statements_belong_to_the_coding():
    text = "aaaa hm-hm aaaa"
    assert coded(text, [(0, 4), (11, 15)], (2, 5)) == ["S0"]
    assert coded(text, [(0, 4), (11, 15)], (3, 10)) == []


def test_positions_are_code_points():
    text = "Ёж😀 ok\nда"
    assert len(text) == 9
    assert coded(text, [(0, 6), (7, 9)], (7, 9)) == ["S1"]
    assert coded(text, [(0, 6), (7, 9)], (2, 3)) == ["S0"]


def test_a_coding_counts_in_its_own_source_only():
    statements = pd.concat([statements_of(LINE, TWO, "S"), statements_of(LINE, TWO, "T")])
    joined = codes_of_statements(statements, pd.concat([codings_of([(0, 10)], "T"), codings_of([(0, 10)], "U")]))
    assert joined["statement_id"].tolist() == ["T0"]


def test_a_pseudonym_of_another_length_moves_nothing():
    statements = statements_of(LINE, TWO)
    statements.loc[0, "text"] = "[a colleague from a ministry]"
    joined = codes_of_statements(statements, codings_of([(0, 10), (11, 23)]))
    assert joined["statement_id"].tolist() == ["S0", "S1"]


def test_nothing_joined_to_nothing_keeps_its_columns():
    columns = ["statement_id", "code_id", "coder_id", "layer", "origin", "coding_id"]
    for statements, codings in [([], [(0, 1)]), (TWO, []), ([], [])]:
        joined = codes_of_statements(statements_of(LINE, statements), codings_of(codings))
        assert list(joined.columns) == columns
        assert joined.empty


@given(
    pieces=st.lists(st.text(alphabet="ab \t\u00a0ж", min_size=1, max_size=8), min_size=1, max_size=8),
    codings=st.lists(st.tuples(st.integers(0, 70), st.integers(1, 30)), min_size=1, max_size=12),
)
def test_the_sweep_agrees_with_the_definition_read_word_for_word(pieces, codings):
    text, spans = "", []
    for piece in pieces:
        spans.append((len(text), len(text) + len(piece)))
        text += piece + "\n"
    bounded = [(min(start, len(text) - 1), min(start + size, len(text))) for start, size in codings]

    def tight(start: int, end: int) -> tuple[int, int]:
        words = text[start:end]
        return start + len(words) - len(words.lstrip()), start + len(words.rstrip())

    expected = set()
    for n, coding in enumerate(bounded):
        for m, span in enumerate(spans):
            (a, b), (c, d) = tight(*coding), tight(*span)
            shorter = min(b - a, d - c)
            if shorter > 0 and min(b, d) - max(a, c) >= shorter / 2:
                expected.add((f"coding{n}", f"S{m}"))
    joined = codes_of_statements(statements_of(text, spans), codings_of(bounded))
    assert set(zip(joined["coding_id"], joined["statement_id"], strict=True)) == expected


def test_a_result_rests_on_the_adjudicated_codings_or_on_one_coders():
    codings = codings_of([(0, 1), (1, 2), (2, 3)]).assign(
        coder_id=["A", "B", "A"], layer=["coder", "coder", "adjudicated"]
    )
    assert choose_layer(codings)["coding_id"].tolist() == ["coding2"]
    assert choose_layer(codings, "coder", "A")["coding_id"].tolist() == ["coding0"]
    with pytest.raises(ValueError, match="coder_id"):
        choose_layer(codings, "coder")
