"""The page of an expert's own quotes as a browser without scripts and without an account has it."""

import html
import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from survey_app import auth_routes, check_routes, session
from survey_app.actions import own_check
from survey_app.actions.check_links import check_states, choose_own_check, withdraw_check_links
from survey_app.actions.expert_answers import expert_answers
from survey_app.actions.rewordings import accept_rewording
from survey_app.actions.studies import need_study
from survey_app.auth.gate import Gate, _is_open
from survey_app.auth.limiting import Limiter
from survey_app.form.door import OF_ADDRESS
from survey_app.store import schema
from survey_app.store.experts import names
from survey_app.store.log import now
from tests.survey_app.actions.filled_forms import rows_of
from tests.survey_app.actions.own_checks import give_links

CLOSED = "This link leads nowhere"


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 0.0

    monkeypatch.setattr(check_routes, "LIMITER", Limiter(lambda: Clock.now))
    return Clock


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


@pytest.fixture
def links(store, study, clock):
    return give_links(store, study, "L1", "L2")


@pytest.fixture
def address(links):
    return f"/q/{links['L1']}"


@pytest.fixture
def browser(store):
    """Makes a browser with cookies of its own, before the gate of a team in which nobody has signed in."""
    app = Starlette(
        routes=[*auth_routes.ROUTES, *check_routes.ROUTES], middleware=[Middleware(Gate, store=session.machine_store)]
    )
    return lambda **more: TestClient(app, follow_redirects=False, headers={"accept-language": "en"}, **more)


def said(answer):
    """The text of a page, without tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def marks_of(page):
    """The hidden fields that tell which words were shown."""
    return dict(re.findall(r'name="(m\.[^"]+)" value="([^"]+)"', page.text))


def answers(store, study):
    with store.reading() as connection:
        return expert_answers(connection, study["id"])


# ------------------------------------------------------------------ links and headers


def test_a_link_needs_no_account_and_nothing_else_is_opened_by_that(browser, address):
    client = browser()
    assert client.get(address).status_code == 200
    for path in ("/q", "/quotes", "/q/../desk", "/Q/x", "/own_check"):
        assert not _is_open(path)
    assert client.get("/quotes", headers={"accept": "text/html"}).headers["location"].startswith("/auth/sign-in")


def test_every_answer_is_kept_from_caches_robots_and_referrers(browser, address):
    client = browser()
    pages = [client.get(address), client.get("/q/wrong"), client.get(f"{address}/thanks"), client.post(address)]
    for page in pages:
        assert page.headers["referrer-policy"] == "no-referrer"
        assert "noindex" in page.headers["x-robots-tag"]
        assert page.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "unsafe" not in page.headers["content-security-policy"]


def test_links_that_lead_nowhere_say_the_same(browser, store, study, links):
    first, second = (f"/q/{token}" for token in links.values())
    one = next(state for state in check_states(store, study["id"]) if state.expert_key == "L1")
    withdraw_check_links(store, "A", study["id"], [one.link_id])
    paths = (first, "/q/wrong", f"{first}/thanks", "/q/wrong/thanks", "/q/%00", f"{second}/elsewhere")
    closed = [browser().get(path) for path in paths]
    closed += [
        browser().post(first, data={"go": "all"}),
        browser().post(second, headers={"sec-fetch-site": "cross-site"}),
    ]
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE check_link SET expires_at = '2020-01-01T00:00:00+00:00'")
    closed.append(browser().get(second))
    assert {answer.status_code for answer in closed} == {404}
    assert len({answer.text for answer in closed}) == 1
    assert CLOSED in said(closed[0])


def test_whoever_tries_links_out_waits_and_is_told_nothing_else(browser, links, address, clock):
    guesser, expert = browser(), browser()
    page = expert.get(address)
    expert.post(address, data={"go": "send", **marks_of(page)})  # from now on the browser is known
    for number in range(OF_ADDRESS):
        assert guesser.get(f"/q/guess-{number}").status_code == 404
    waits = guesser.get("/q/guess")
    assert (waits.status_code, CLOSED in said(waits)) == (429, True)
    assert guesser.get(f"/q/{links['L2']}").status_code == 429
    assert expert.get(address).status_code == 200
    clock.now += 31
    assert guesser.get(f"/q/{links['L2']}").status_code == 200


def test_a_page_says_no_name_and_no_key_of_anybody(browser, store, study, links, address):
    client = browser()
    page = client.get(address)
    client.post(address, data={"go": "all", **marks_of(page)})
    pages = page.text + client.get(f"{address}/thanks").text
    plain = re.sub(r"[\w-]{20,}", "", pages)  # chance may have written a name or a key into a token
    with store.reading() as connection:
        for name in names(connection, study["id"]):
            assert not re.search(rf"\b{re.escape(name)}\b", plain)
    assert not re.search(r"\b(L1|L2)\b", plain)


def test_it_is_told_what_readers_are_told(browser, address):
    told = said(browser().get(address))
    assert "somebody of “Local authorities” said them" in told
    assert "Your name, in which session you said it" in told
    assert "11 quotes of what you said" in told


def test_it_speaks_the_language_that_its_reader_chooses(browser, address):
    client = browser()
    page = client.get(address)
    key = next(iter(marks_of(page)))[2:]
    typed = {f"a.{key}": "reword", f"w.{key}": "In other words", **marks_of(page)}
    chosen = client.post(address, data={"language": "ru", **typed})
    assert '<html lang="ru">' in chosen.text
    assert "In other words" in chosen.text  # what was typed is not lost
    assert '<html lang="ru">' in client.get(address).text


# ------------------------------------------------------------------ answering, without a script


def test_nothing_is_stored_before_it_is_sent(browser, store, study, address):
    client = browser()
    page = client.get(address)
    client.post(address, data={f"a.{next(iter(marks_of(page)))[2:]}": "withdraw", **marks_of(page)})
    assert rows_of(store, schema.check_answer) == []
    assert client.get(f"{address}/thanks").headers["location"] == address


def test_an_expert_answers_each_quote_and_is_thanked(browser, store, study, address):
    client = browser()
    page = client.get(address)
    one, two, three, *_rest = (name[2:] for name in marks_of(page))
    given = {f"a.{one}": "release", f"a.{two}": "reword", f"w.{two}": "Less\r\nmoney", f"a.{three}": "withdraw"}
    sent = client.post(address, data={"go": "send", **marks_of(page), **given})
    assert (sent.status_code, sent.headers["location"]) == (303, f"{address}/thanks")
    kept = {key: (each.answer, each.wording) for key, each in answers(store, study).items()}
    assert kept == {one: ("release", ""), two: ("reword", "Less\nmoney"), three: ("withdraw", "")}
    thanks = said(client.get(f"{address}/thanks"))
    assert "Your answers have arrived. 3 of 11 quotes answered." in thanks
    assert "Less money to be released in your words, once the researchers have accepted them" in thanks
    assert thanks.count("not answered") == 8
    again = client.get(address)
    assert again.text.count(" checked>") == 3
    accept_rewording(store, "A", study, two, "Less\nmoney")
    assert "released in your words" in said(client.get(f"{address}/thanks"))


@pytest.mark.parametrize(("go", "answer"), [("all", "release"), ("none", "withdraw")])
def test_one_answer_for_all(browser, store, study, address, go, answer):
    client = browser()
    page = client.get(address)
    client.post(address, data={"go": go, **marks_of(page)})
    assert {each.answer for each in answers(store, study).values()} == {answer}
    assert len(answers(store, study)) == 11


@pytest.mark.parametrize(("wording", "told"), [(" ", "Write the other words"), ("x" * 2001, "at most 2000 characters")])
def test_other_words_are_some_and_not_too_many(browser, store, address, wording, told):
    client = browser()
    page = client.get(address)
    key = next(iter(marks_of(page)))[2:]
    refused = client.post(address, data={"go": "send", **marks_of(page), f"a.{key}": "reword", f"w.{key}": wording})
    assert refused.status_code == 400
    assert told in said(refused)
    assert rows_of(store, schema.check_answer) == []


def test_another_experts_statement_and_another_text_are_refused(browser, store, study, links, address):
    client = browser()
    page = client.get(address)
    other = own_check.look_up(store, links["L2"]).quotes[0]
    own = next(iter(marks_of(page)))[2:]
    for extra in (
        {f"m.{other.statement_id}": other.mark, f"a.{other.statement_id}": "withdraw"},
        {f"a.{other.statement_id}": "withdraw"},
        {f"m.{own}": "0" * 64},
    ):
        given = {"go": "send", **marks_of(page), f"a.{own}": "withdraw", **extra}
        refused = client.post(address, data=given)
        assert refused.status_code == 400
        assert "Nothing was stored: look again" in said(refused)
    assert answers(store, study) == {}


def test_after_a_publication_an_expert_can_still_withdraw(browser, store, study, address):
    client = browser()
    page = client.get(address)
    client.post(address, data={"go": "all", **marks_of(page)})
    with store.change(study["id"], "A", "publish") as change:
        change.connection.exec_driver_sql("UPDATE check_link SET created_at = '2024-01-01T00:00:00+00:00'")
        change.insert(schema.release, {"study_id": study["id"], "slug": "x", "version": 1, "created_at": now(),
                                       "manifest": {}})  # fmt: skip
    assert "<h1>Your words, before anybody reads them</h1>" in page.text
    shown = client.get(address)
    assert "The study was published on" in said(shown)
    assert "<h1>Your words</h1>" in shown.text
    assert "<textarea" in shown.text
    client.post(address, data={"go": "none", **marks_of(page)})
    assert {each.answer for each in answers(store, study).values()} == {"withdraw"}
    assert "publish anew without what you withdraw" in said(client.get(f"{address}/thanks"))


def test_after_a_take_down_nothing_is_said_to_stand(browser, store, study, address):
    with store.change(study["id"], "A", "publish") as change:
        change.connection.exec_driver_sql("UPDATE check_link SET created_at = '2024-01-01T00:00:00+00:00'")
        change.insert(schema.release, {"study_id": study["id"], "slug": "x", "version": 1, "created_at": now(),
                                       "manifest": {"withdrawn_at": now()}})  # fmt: skip
    shown = browser().get(address)
    assert "The study was published on" not in said(shown)
    assert "<h1>Your words</h1>" in shown.text


def test_it_is_said_what_silence_means(browser, store, study, address):
    assert "What you leave unanswered may be published as it stands here." in said(browser().get(address))
    choose_own_check(store, "A", study["id"], required=True, everything=False)
    assert "What you leave unanswered is not published." in said(browser().get(address))


def test_a_page_that_a_messenger_asks_for_is_not_opened_by_an_expert(browser, store, study, address):
    client = browser()
    for ask in (client.get, client.head):
        ask(address)
        ask(f"{address}/thanks")
    assert {(row["opened_at"], row["answered_at"]) for row in rows_of(store, schema.check_link)} == {("", "")}
    client.post(address, data={"language": "ru"})
    states = {each.expert_key: each.state for each in check_states(store, study["id"])}
    assert (states["L1"], states["L2"]) == ("opened", "new")


def test_signs_that_nobody_sees_are_taken_out_of_other_words(browser, store, study, address):
    client = browser()
    page = client.get(address)
    one, two = (name[2:] for name in list(marks_of(page))[:2])
    given = {"go": "send", **marks_of(page), f"a.{one}": "reword", f"w.{one}": "Less\x00 \u202emoney\x1b\u2066"}
    assert client.post(address, data=given).status_code == 303
    assert answers(store, study)[one].wording == "Less money"
    given = {"go": "send", **marks_of(page), f"a.{two}": "reword", f"w.{two}": "\u202e\u200b\x00"}
    assert client.post(address, data=given).status_code == 400


def test_a_body_that_is_too_large_or_no_form_stores_nothing(browser, store, address):
    client = browser()
    assert client.post(address, content=b"x" * (check_routes.MOST_BYTES + 1)).status_code == 413
    assert client.post(address, json={"go": "all"}).status_code == 200
    assert rows_of(store, schema.check_answer) == []
