"""What people wrote is shown as it is: no markup, no links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.components.plain import WORD_JOINER, plain

ADDRESSES = ["http://e.com", "HTTPS://e.com/a?b=c", "www.e.com", "WWW.e.com", "a@b.com", "mailto:a.b@c-d.org"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("around", ["{}", "see {}, please", "({})"])
def test_an_address_is_shown_and_is_no_link(address, around):
    shown = plain(around.format(address)).replace("\\", "")
    assert address not in shown
    assert shown.replace(WORD_JOINER, "") == around.format(address)


@pytest.mark.parametrize("text", ["10:30", "a/b", "wwwe", "5 @ 3", "1. Да: нет", "@"])
def test_other_words_are_not_touched(text):
    assert WORD_JOINER not in plain(text)


@given(st.lists(st.sampled_from(["http", "s", "://", "www", ".", "@", "a", "e.com", " ", "/", ":", "*"])).map("".join))
def test_nothing_is_left_that_markdown_takes_for_an_address(text):
    shown = plain(text).replace("\\", "").casefold()
    assert "://" not in shown
    assert "www." not in shown
    assert "@a" not in shown
    assert "@e" not in shown
