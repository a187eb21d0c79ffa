"""Statements of a corrected text: the old ones where their words are, new ones for new words."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.edits import edits_between
from transcripts.follow import follow_statements
from transcripts.model import Turn


def turns_of(text, folded=()):
    return [
        Turn(index, "A", line.group(), *line.span(), folded=index in folded)
        for index, line in enumerate(re.finditer("[^\n]+", text))
    ]


def followed(old, new, folded=()):
    """Statements of the old text stand between bars; those of the new one come back as (old number, words)."""
    spans, plain = [], ""
    for number, piece in enumerate(old.split("|")):
        if number % 2:
            spans.append((len(plain), len(plain) + len(piece)))
        plain += piece
    found = follow_statements(spans, edits_between(plain, new), turns_of(new, folded), "en")
    return [(each.old, each.statement.text) for each in found]


@pytest.mark.parametrize(
    ("old", "new", "now"),
    [
        ("|We pay.| |They wait.|", "We pay. They wait.", [(0, "We pay."), (1, "They wait.")]),
        ("|We pay.| |They wait.|", "We paid. They wait.", [(0, "We paid."), (1, "They wait.")]),
        ("|We pay.| |They wait.|", "We pay. They wait long.", [(0, "We pay."), (1, "They wait long.")]),
        ("|We pay.| |They wait.|", "Well, we pay. They wait.", [(0, "Well, we pay."), (1, "They wait.")]),
        ("|We pay.| |They wait.|", "They wait.", [(1, "They wait.")]),
        ("|We pay.| |They wait.|", "Nobody does anything here at all", [(0, "Nobody does anything here at all")]),
        ("|We pay.|\n|They wait.|", "We pay.\nAnd?\nThey wait.", [(0, "We pay."), (-1, "And?"), (1, "They wait.")]),
        ("|We pay them.| no |They wait.|", "We pay them. no They wait.", [(0, "We pay them."), (1, "They wait.")]),
        ("|We pay them and they wait.|", "We pay them and\nthey wait.", [(0, "We pay them and"), (-1, "they wait.")]),
    ],
)
def test_statements_follow_their_words(old, new, now):
    assert followed(old, new) == now


def test_what_only_says_that_somebody_listens_is_no_statement():
    assert followed("|We pay.|\n|They wait.|", "We pay.\nMhm.\nThey wait.", folded={1}) == [
        (0, "We pay."), (1, "They wait."),
    ]  # fmt: skip


def test_a_long_stretch_of_new_words_becomes_statements_of_its_own():
    more = "The region has four offices. Each of them counts in its own way. Nobody adds the numbers up. " * 4
    found = followed("|We pay.| |They wait.|", f"We pay. {more}They wait.")
    assert found[0] == (0, "We pay.")
    assert found[-1] == (1, "They wait.")
    assert len(found) > 3
    assert {old for old, _text in found[1:-1]} == {-1}


@given(
    st.lists(st.sampled_from(["a", "bb", "ccc.", "dd", "ee,", "ff!", "\n"])),
    st.lists(st.sampled_from(["a", "bb", "x.", "dd", "\n"])),
)
def test_statements_are_disjoint_in_order_and_within_their_turns(one, other):
    old, new = " ".join(one), " ".join(other)
    spans = [word.span() for word in re.finditer(r"\S+(?: \S+)?", old)]
    turns = turns_of(new)
    found = follow_statements(spans, edits_between(old, new), turns, "en")
    places = [(each.statement.start, each.statement.end) for each in found]
    assert all(start < end for start, end in places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))
    kept = [each.old for each in found if each.old >= 0]
    assert kept == sorted(set(kept))
    for each in found:
        turn = turns[each.statement.turn]
        assert turn.start <= each.statement.start < each.statement.end <= turn.end
        assert new[each.statement.start : each.statement.end] == each.statement.text
