"""Work on a thread of the server: begun once, told of, cancelled, and handed out once."""

import threading

import pytest

from survey_app.jobs import threads


def waiting(go):
    def make(tell):
        tell("begun")
        go.wait(20)
        tell("more")
        return "made"

    return make


def test_work_is_begun_once_and_handed_out_once():
    go = threading.Event()
    work = threads.begin("one", waiting(go), about=7)
    assert threads.begin("one", waiting(go), about=8) is work
    assert threads.take("one") is None
    go.set()
    assert work.wait(20)
    assert (work.step, work.about, work.result()) == ("more", 7, "made")
    assert threads.take("one") is work
    assert threads.find("one") is None


def test_what_is_cancelled_ends_at_its_next_step_and_gives_nothing():
    go = threading.Event()
    work = threads.begin("two", waiting(go))
    work.cancel()
    go.set()
    assert work.wait(20)
    with pytest.raises(threads.Stopped):
        work.result()
    threads.take("two")


def test_what_goes_wrong_is_raised_where_it_is_taken():
    def wrong(_tell):
        raise ValueError("wrong")

    work = threads.begin("three", wrong)
    assert work.wait(20)
    with pytest.raises(ValueError, match="wrong"):
        threads.take("three").result()


def test_what_nobody_fetches_is_forgotten(monkeypatch):
    work = threads.begin("four", lambda _tell: "made")
    assert work.wait(20)
    monkeypatch.setattr(threads, "KEPT_S", -1)
    threads.begin("five", lambda _tell: "made").wait(20)
    assert threads.find("four") is None


def test_queued_work_waits_for_the_one_before_it_however_that_ends():
    go = threading.Event()
    first = threads.begin("six", waiting(go))
    second = threads.begin("six", lambda _tell: first.done, queued=True)
    assert threads.find("six") is second
    assert second.before is first
    assert not second.wait(0.2)
    first.cancel()
    go.set()
    assert second.wait(20)
    assert second.result() is True


def test_work_that_was_cancelled_before_its_turn_does_nothing():
    go, done = threading.Event(), []
    first = threads.begin("seven", waiting(go))
    second = threads.begin("seven", lambda _tell: done.append(1), queued=True)
    second.cancel()
    go.set()
    assert first.wait(20)
    assert second.wait(20)
    with pytest.raises(threads.Stopped):
        second.result()
    assert done == []


def test_what_is_cancelled_after_its_last_step_has_been_made_all_the_same():
    go, told = threading.Event(), threading.Event()

    def make(tell):
        tell("the last step")
        told.set()
        go.wait(20)
        return "made"

    work = threads.begin("eight", make)
    assert told.wait(20)
    work.cancel()
    go.set()
    assert work.wait(20)
    assert (work.cancelled, work.result()) == (True, "made")
