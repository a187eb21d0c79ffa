"""Labels, and texts in which they stand instead of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.identifying import Kind
from transcripts.pseudonyms import GENERAL, KEPT, PSEUDONYM, label, replaced


@pytest.mark.parametrize(
    ("kind", "level", "language", "written"),
    [
        (Kind.PERSON, PSEUDONYM, "en", "[Expert 3]"),
        (Kind.PERSON, PSEUDONYM, "ru", "[Эксперт 3]"),
        (Kind.PERSON, "", "ru", "[Эксперт 3]"),
        (Kind.POSITION, GENERAL, "en", "[an official]"),
        (Kind.POSITION, GENERAL, "ru", "[должностное лицо]"),
        (Kind.ORGANISATION, PSEUDONYM, "en", "[Organisation 3]"),
        (Kind.PLACE, GENERAL, "ru", "[место]"),
        (Kind.PHONE, KEPT, "ru", ""),
    ],
)
def test_a_label_has_the_words_of_its_level(kind, level, language, written):
    assert label(kind, level, 3, language) == written


def test_whoever_is_no_expert_is_a_person():
    assert label(Kind.PERSON, PSEUDONYM, 4, "en", expert=False) == "[Person 4]"
    assert label(Kind.PERSON, GENERAL, 4, "ru", expert=False) == "[лицо]"


def test_words_of_ones_own_stand_within_one_pair_of_brackets():
    assert label(Kind.PERSON, PSEUDONYM, 3, "en", words=" a [head]\n of department ") == "[a head of department]"


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_kind_has_a_label_on_both_levels(kind, language):
    assert label(kind, PSEUDONYM, 1, language).endswith(" 1]")
    assert label(kind, GENERAL, 1, language) == label(kind, GENERAL, 2, language) != "[]"


def test_places_give_way_to_labels_and_spans_are_found_again():
    text = "Спросите Ирину Лугову, она знает."
    here = replaced(text, [(9, 21, "[Эксперт 2]"), (23, 26, "")])
    assert here.text == "Спросите [Эксперт 2], она знает."
    assert here.span(0, len(text)) == (0, len(here.text))
    assert here.span(12, 17) == (9, 20)
    first, last = here.span(text.index("она"), len(text))
    assert here.text[first:last] == "она знает."


@pytest.mark.parametrize("places", [[(0, 4, "[x]"), (3, 6, "[y]")], [(2, 2, "[x]")], [(0, 99, "[x]")], [(-1, 2, "")]])
def test_places_that_cannot_be_are_refused(places):
    with pytest.raises(ValueError, match="place"):
        replaced("Irina said", places)


NAMES = ["Лугова", "Boris", "Анна-Мария", "+7 916"]


@given(st.lists(st.one_of(st.sampled_from(NAMES), st.text(alphabet="абв xyz.\n[]", max_size=12)), max_size=20))
def test_no_name_survives_and_everything_else_stays(pieces):
    text, places, at = "", [], 0
    for number, piece in enumerate(pieces):
        if piece in NAMES:
            places.append((at, at + len(piece), f"[Expert {number}]"))
        at += len(piece)
        text += piece
    here = replaced(text, places)
    assert not any(name in here.text for name in NAMES)
    kept = [
        here.text[slice(*here.span(start, start + 1))]
        for start in range(len(text))
        if not any(a <= start < b for a, b, _ in places)
    ]
    assert kept == [text[start] for start in range(len(text)) if not any(a <= start < b for a, b, _ in places)]
    assert here.text == "".join(
        f"[Expert {number}]" if piece in NAMES else piece for number, piece in enumerate(pieces)
    )
    for start, end, name in places:
        first, last = here.span(start, end)
        assert here.text[first:last] == name


@given(st.data())
def test_spans_keep_their_order_and_stay_within(data):
    text = data.draw(st.text(min_size=1, max_size=40))
    edges = sorted(set(data.draw(st.lists(st.integers(0, len(text)), max_size=8))))
    places = [(start, end, "[x]") for start, end in zip(edges[::2], edges[1::2], strict=False)]
    here = replaced(text, places)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = here.span(start, end)
    assert 0 <= first <= last <= len(here.text)
    touched = [each for each in places if each[0] < end and start < each[1]]
    assert here.text[first:last].count("[x]") >= len(touched)
