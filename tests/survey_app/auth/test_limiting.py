"""After failures one waits, longer each time and never longer than a quarter of an hour; memory stays bounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.auth.limiting import FIRST_S, FORGET_S, LONGEST_S, MOST_KEYS, Key, Limiter


@pytest.fixture
def clock():
    class Clock:
        now = 1000.0

        def __call__(self):
            return self.now

    return Clock()


def test_five_failures_are_free_then_each_wait_is_twice_the_last(clock):
    limiter, key = Limiter(clock), Key("login")
    assert [limiter.attempt([key]) for _ in range(5)] == [0] * 5
    waits = []
    for _ in range(7):
        waits.append(limiter.attempt([key]))
        clock.now += waits[-1]
        assert limiter.attempt([key]) == 0
    assert waits == [30, 60, 120, 240, 480, 900, 900]


def test_an_attempt_during_the_wait_makes_it_no_longer(clock):
    limiter, key = Limiter(clock), Key("login", free=1)
    limiter.attempt([key])
    for _ in range(50):
        assert limiter.attempt([key]) == FIRST_S
    clock.now += FIRST_S
    assert limiter.attempt([key]) == 0


def test_one_key_that_must_wait_keeps_the_others_from_being_counted(clock):
    limiter = Limiter(clock)
    limiter.attempt([Key("address", free=1)])
    for login in range(50):
        assert limiter.attempt([Key(f"login{login}", free=1), Key("address", free=1)]) == FIRST_S
    assert limiter.attempt([Key("login0", free=1)]) == 0


def test_success_forgets_the_login_and_takes_back_one_attempt_of_the_address(clock):
    limiter, login, address = Limiter(clock), Key("login", 3), Key("address", 3)
    for _ in range(2):
        limiter.attempt([login, address])
    limiter.attempt([login, address])
    limiter.succeeded(login, address)
    assert limiter.attempt([address]) == 0
    assert limiter.attempt([address]) == FIRST_S
    assert limiter.attempt([login]) == 0


def test_after_an_hour_without_a_failure_it_starts_anew(clock):
    limiter, key = Limiter(clock), Key("login", 1)
    limiter.attempt([key])
    clock.now += FORGET_S
    assert limiter.attempt([key]) == 0
    assert limiter.attempt([key]) == FIRST_S


def test_memory_is_bounded(clock):
    limiter = Limiter(clock)
    for number in range(MOST_KEYS + 100):
        limiter.attempt([Key(str(number))])
    assert len(limiter._counts) == MOST_KEYS


@given(st.lists(st.floats(0, 5000), max_size=60))
def test_nobody_ever_waits_longer_than_a_quarter_of_an_hour(pauses):
    now = 0.0
    limiter = Limiter(lambda: now)
    for pause in pauses:
        now += pause
        assert 0 <= limiter.attempt([Key("login")]) <= LONGEST_S


def test_an_office_that_has_waited_does_not_queue_up_behind_each_success(clock):
    limiter, address = Limiter(clock), Key("address", 20)
    for _ in range(20):
        limiter.attempt([address])
    for _ in range(3):
        clock.now += limiter.attempt([address])
        assert limiter.attempt([address]) == 0
    assert limiter.attempt([address]) == 240
    clock.now += 240
    for person in ("alice", "bob", "carol"):
        assert limiter.attempt([Key(person), address]) == 0
        limiter.succeeded(Key(person), address)
    assert limiter.attempt([address]) == 0
    assert limiter.attempt([address]) == 480


@given(st.lists(st.tuples(st.floats(0, 5000), st.booleans()), max_size=60))
def test_own_successes_among_guesses_make_no_wait_of_the_address_shorter_or_longer(attempts):
    now = 0.0
    mixed, guesses, address = Limiter(lambda: now), Limiter(lambda: now), Key("address", 3)
    for pause, knows in attempts:
        now += pause
        if not knows:
            assert mixed.attempt([Key("guessed", 1000), address]) == guesses.attempt([address])
        elif mixed.attempt([Key("own"), address]) == 0:
            mixed.succeeded(Key("own"), address)
