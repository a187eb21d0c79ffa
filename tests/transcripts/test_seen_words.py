"""What is not seen is taken out of words, and nothing else."""

import pytest

from transcripts.seen_words import cleaned, seen, without_unseen


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x1b[31mc\x7f\x85d", "ab[31mc\nd"), ("\u202eevil\u202c \u2066x\u2069\u200f\u061c", "evil x"),
        ("one\r\ntwo\u2028three\ttabbed", "one\ntwo\nthree\ttabbed"), ("\ud800 half \ufffe\ufeff", "half"),
        ("бума\u0301жный и\u0306", "бума\u0301жный й"), (" 👩\u200d👩\u200d👧 ✔\ufe0f ", "👩\u200d👩\u200d👧 ✔\ufe0f"), ("\u200b\x00", ""),
    ],
)  # fmt: skip
def test_only_what_is_seen_stays(typed, kept):
    assert seen(typed) == kept
    assert seen(seen(typed)) == seen(typed)


def test_spaces_around_stay_where_they_are_asked_for_and_plain_data_is_cleaned_all_through():
    assert without_unseen(" a\u202e ") == " a "
    assert cleaned({"a\x00": ["b\u202e", ("c", 1, None)]}) == {"a": ["b", ["c", 1, None]]}
