"""Corrected texts: what changed, and where every place of the old text is in the new one."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.edits import Edit, edits_between, text_before
from transcripts.revise import Carrier

WORDS = st.lists(
    st.sampled_from(["the", "digital", "служба", "😀", "и", "road map", "e-mail", "Росреестр,", "\n", "a"])
)


def told(old, new):
    """Edits as (what stood there, what stands there now)."""
    shift, found = 0, []
    for edit in edits_between(old, new):
        place = edit.start + shift
        found.append((edit.old, new[place : place + edit.length]))
        shift += edit.length - len(edit.old)
    return found


def carried(old, new, words, nth=0):
    """The words of the new text that a coding on `words` of the old one lies on now, and whether it was cut."""
    start = [each.start() for each in re.finditer(re.escape(words), old)][nth]
    place = Carrier(edits_between(old, new), new).carry(start, start + len(words))
    return new[place.start : place.end], place.cut


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("the road map", "the road map", []),
        ("the rode map", "the road map", [("de", "ad")]),
        ("the road map", "the roadmap", [(" ", "")]),
        ("we spoke with Rosreester today", "we spoke with Rosreestr today", [("e", "")]),
        ("a b c", "a c", [("b", ""), (" ", "")]),
        ("a c", "a b c", [("", " b")]),
        ("one two", "one two three", [("", " three")]),
        ("one\ntwo", "one more\ntwo", [("", " more")]),
        ("one\ntwo", "one\nhalf\ntwo", [("", "\nhalf")]),
        ("вчера обсудили план", "вчера мы обсуждали план", [("обсудили", "мы обсуждали")]),
    ],
)
def test_only_what_differs_is_an_edit(old, new, changes):
    assert told(old, new) == changes


@pytest.mark.parametrize(
    ("old", "new", "words", "now", "cut"),
    [
        ("the rode map is old", "the road map is old", "rode map", "road map", False),
        ("the rode map is old", "the road map is old", "is old", "is old", False),
        ("the map is old", "the road map is very old", "map is old", "map is very old", False),
        ("the map is old", "the good map is old", "map", "map", False),
        ("a b c d", "a c d", "a b", "a", False),
        ("a b c d", "a c d", "b c", "c", False),
        ("alpha beta gamma", "alpha gamma", "beta", "gamma", True),
        ("one two three four", "one zwei drei vier fünf four", "two", "zwei drei vier fünf", True),
        ("we met him twice last year in town", "we met them and others in town", "twice last year in", "in", True),
        ("one\ntwo\nthree", "one\nthree", "two", "three", True),
    ],
)
def test_a_place_keeps_its_words_or_says_that_they_were_cut(old, new, words, now, cut):
    assert carried(old, new, words) == (now, cut)


def test_where_a_turn_loses_the_words_of_a_place_it_stays_in_its_turn():
    old, new = "first turn here\nyes well of course\nlast", "first turn here\nof course\nlast"
    assert carried(old, new, "yes") == ("of", True)


@given(WORDS, WORDS)
def test_edits_make_the_old_text_the_new_one_and_back(one, other):
    old, new = " ".join(one), " ".join(other)
    edits = edits_between(old, new)
    assert text_before(new, edits) == old
    assert all(old[edit.start : edit.end] == edit.old for edit in edits)
    assert all(a.end <= b.start for a, b in pairwise(edits))


@given(WORDS, WORDS, st.data())
def test_a_place_that_no_edit_touches_keeps_every_code_point(one, other, data):
    old, new = " ".join(one), " ".join(other)
    if not old.strip() or not new.strip():
        return
    edits = edits_between(old, new)
    carrier = Carrier(edits, new)
    for word in re.finditer(r"\S+(?:\s+\S+)?", old):
        start, end = word.span()
        place = carrier.carry(start, end)
        assert 0 <= place.start < place.end <= len(new)
        assert new[place.start : place.end].strip() == new[place.start : place.end]
        if all(edit.end <= start or edit.start >= end for edit in edits):
            assert (new[place.start : place.end], place.cut) == (old[start:end], False)


@given(WORDS, st.integers(0, 30), st.integers(0, 3), st.text("ab \n", max_size=6))
def test_the_order_of_places_stays(words, at, gone, put):
    old = " ".join([*words, "end"])
    at = min(at, len(old))
    new = f"{old[:at]}{put}{old[at + gone :]}"
    if not new.strip():
        return
    carrier = Carrier(edits_between(old, new), new)
    places = [carrier.carry(*word.span()) for word in re.finditer(r"\S+", old)]
    kept = [place for place in places if not place.cut]
    assert all(a.end <= b.start for a, b in pairwise(kept))


@given(WORDS, WORDS)
def test_there_and_back_a_place_is_where_it_was_unless_it_was_cut(one, other):
    old, new = " ".join(one), " ".join(other)
    if not old.strip() or not new.strip():
        return
    there, back = Carrier(edits_between(old, new), new), Carrier(edits_between(new, old), old)
    for word in re.finditer(r"\S+", old):
        place = there.carry(*word.span())
        if not place.cut and new[place.start : place.end] == word.group():
            home = back.carry(place.start, place.end)
            assert home.cut or old[home.start : home.end] == word.group()


def test_turns_are_found_again_in_the_text_before():
    old, new = "yes\nwe had no money\nthat is all", "yes of course\nwe had money\nall"
    carrier = Carrier(edits_between(old, new), new)
    spans = [line.span() for line in re.finditer("[^\n]+", new)]
    assert [old[carrier.start_before(a) : carrier.end_before(b)] for a, b in spans] == old.split("\n")


def test_long_texts_are_compared_by_what_is_unique_in_them():
    turns = [f"turn number {n} says that report {n * 7} was late again" for n in range(9000)]
    other = [turn.replace("again", "once more") if n % 100 == 0 else turn for n, turn in enumerate(turns)]
    old, new = "\n".join(turns), "\n".join(other[:50] + other[52:])
    edits = edits_between(old, new)
    assert text_before(new, edits) == old
    assert sum(len(edit.old) for edit in edits) < 2000


def test_an_edit_is_plain_data():
    assert list(Edit(3, 5, 1, "de")) == [3, 5, 1, "de"]
