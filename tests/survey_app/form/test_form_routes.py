"""The form as a browser without scripts and without an account has it."""

import html
import re

import pytest

from survey_app.actions import filling_in
from survey_app.actions.form_links import close_form_at, link_states, withdraw_links
from survey_app.auth.gate import _is_open
from survey_app.form.door import OF_ADDRESS
from survey_app.session import open_store
from survey_app.settings import settings
from tests.survey_app.actions.filled_forms import answers_of, code_answer, days, fill_in

CLOSED = "This link leads to no questionnaire"


def token_of(address):
    return address.rpartition("/")[2]


def said(answer):
    """The text of a page, without tags, scripts and styles."""
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(text).split())


def agree(client, address):
    return client.post(address, data={"go": "agree"})


def shown_on(page):
    return re.findall(r'name="shown" value="([^"]+)"', page.text)


def send(client, path, **fields):
    """Send a page as it is shown, with some fields filled in."""
    page = client.get(path)
    return client.post(path, data={"shown": shown_on(page), **fields})


# ------------------------------------------------------------------ links and headers


def test_a_form_needs_no_account_and_nothing_else_is_opened_by_that(browser, address):
    client = browser()
    page = client.get(address)
    assert page.status_code == 200
    assert "On the city" in said(page)
    assert (
        client.get("/form-preview/x", headers={"accept": "text/html"}).headers["location"].startswith("/auth/sign-in")
    )
    for path in ("/f", "/form", "/form-preview/x", "/f/../desk", "/F/x", "/forms/x"):
        assert not _is_open(path)


def test_every_answer_is_kept_from_caches_robots_and_referrers(browser, address):
    client = browser()
    agree(client, address)
    answers = [client.get(address), client.get(f"{address}/1"), client.get("/f/wrong"), client.get("/f/look/form.js"),
               client.post(f"{address}/1"), client.post(f"{address}/draft", json={})]  # fmt: skip
    for answer in answers:
        head = answer.headers
        assert head["referrer-policy"] == "no-referrer"
        assert "noindex" in head["x-robots-tag"]
        assert "default-src 'none'" in head["content-security-policy"]
        assert "unsafe" not in head["content-security-policy"]
        assert head["cache-control"] in {"no-store", "no-cache"}
    assert client.get(f"{address}/1").headers["cache-control"] == "no-store"


def test_links_that_lead_nowhere_say_the_same(browser, store, study, links):
    first, second = (f"/f/{token}" for token in links.values())
    one, _other = (state for state in link_states(store, study["id"]) if state.state == "new")
    withdraw_links(store, "A", study["id"], [one.link_id])
    closed = [browser().get(path) for path in (first, "/f/wrong", f"{first}/2", "/f/wrong/review", "/f/%00")]
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE form_link SET expires_at = '2020-01-01T00:00:00+00:00'")
    closed.append(browser().get(second))
    assert {answer.status_code for answer in closed} == {404}
    assert len({answer.text for answer in closed}) == 1
    assert CLOSED in said(closed[0])
    assert [browser().post(f"{path}/draft", json={"client": "a", "seq": 1, "changes": {}}).status_code
            for path in (first, second, "/f/wrong")] == [404] * 3  # fmt: skip


def test_whoever_tries_links_out_waits_and_is_told_nothing_else(browser, address, clock):
    guesser = browser()
    for number in range(OF_ADDRESS):
        assert guesser.get(f"/f/guess-{number}").status_code == 404
    waits = guesser.get("/f/guess")
    assert (waits.status_code, CLOSED in said(waits)) == (429, True)
    assert guesser.get(address).status_code == 429
    clock.now += 31
    assert guesser.get(address).status_code == 200


def test_a_browser_that_knows_its_link_does_not_wait_for_its_neighbours(browser, address, clock):
    expert, neighbour = browser(), browser()
    agree(expert, address)
    for number in range(OF_ADDRESS + 1):
        neighbour.get(f"/f/guess-{number}")
    assert expert.get(f"{address}/1").status_code == 200


def test_a_page_says_nothing_of_anybody(browser, store, study, links, address):
    client = browser()
    agree(client, address)
    pages = " ".join(client.get(f"{address}{step}").text for step in ("", "/1", "/2", "/3", "/review"))
    plain = re.sub(r"[\w-]{20,}", "", pages)  # chance may have written a name or a key into a token
    from survey_app.store.experts import names

    with store.reading() as connection:
        for name in names(connection, study["id"]):
            assert name not in plain
    for key in links:
        assert not re.search(rf"\b{key}\b", plain)


def test_a_page_of_another_site_can_send_nothing(browser, address):
    client = browser()
    answer = client.post(address, data={"go": "agree"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 404
    assert client.get(f"{address}/1").status_code == 303


# ------------------------------------------------------------------ filling in, without a script


def test_nothing_is_stored_before_consent(browser, store, address):
    client = browser()
    assert "I agree" in said(client.get(address))
    assert client.get(f"{address}/1").headers["location"] == address
    client.post(f"{address}/1", data={"a.tenure": "5"})
    assert client.post(f"{address}/draft", json={"client": "c", "seq": 1, "changes": {"tenure": {"answer": 5}}}
                       ).status_code == 404  # fmt: skip
    assert filling_in.look_up(store, token_of(address)).link["changed_at"] == ""
    assert not client.cookies


def test_the_whole_way_without_a_script(browser, store, study, links, address):
    client = browser()
    key = next(iter(links))
    assert agree(client, address).headers["location"] == f"{address}/1"
    page = send(client, f"{address}/1", **{"a.role": "plan", "a.tenure": "5", "go": "next"})
    assert page.headers["location"] == f"{address}/1#q3"  # a question that came up
    assert "since" in shown_on(client.get(f"{address}/1"))
    page = send(client, f"{address}/1", **{"a.role": "plan", "a.tenure": "5", "a.since": "2024-02-01", "go": "next"})
    assert page.headers["location"] == f"{address}/2"
    fields = {
        "a.ways": ["bus", "other"], "w.ways.other": "By boat", "a.agree.noise": "p1", "a.agree.clean": "cannot",
        "r.order.bus": "2", "r.order.foot": "1", "r.order.tram": "", "go": "next",
    }  # fmt: skip
    assert send(client, f"{address}/2", **fields).headers["location"] == f"{address}/3"
    fields = {"a.mood": "p3", "a.word": "green", "a.why": "Because\r\nof the trees", "go": "next"}
    assert send(client, f"{address}/3", **fields).headers["location"] == f"{address}/review"
    review = said(client.get(f"{address}/review"))
    assert "Bus; Something else: By boat" in review
    assert "1. On foot; 2. Bus" in review
    assert client.post(f"{address}/review", data={"go": "send"}).headers["location"] == address
    assert "Thank you" in said(client.get(address))
    assert answers_of(store, study, key)["why"] == "Because\nof the trees"
    assert answers_of(store, study, key)["order.foot"] == (1.0, "", False)


def test_what_is_wrong_is_said_beside_the_field_and_at_the_top_with_a_link(browser, address):
    client = browser()
    agree(client, address)
    answer = send(client, f"{address}/1", **{"a.tenure": "900", "go": "next"})
    assert answer.status_code == 400
    assert '<a href="#q2">' in answer.text
    assert re.search(r'id="q2-error">The number must be at most 70\.<', answer.text)
    assert 'aria-invalid="true"' in answer.text
    assert 'value="900"' in answer.text
    assert send(client, f"{address}/1", **{"a.tenure": "900", "go": "review"}).status_code == 303


def test_the_review_links_what_is_missing_and_sends_nothing(browser, store, study, links, address):
    client = browser()
    agree(client, address)
    page = client.get(f"{address}/review")
    assert f'<a href="{address}/1#q1">' in page.text
    assert page.text.count("An answer is needed here.") == 3
    assert client.post(f"{address}/review", data={"go": "send"}).status_code == 400
    assert answers_of(store, study, next(iter(links))) == {}


def test_one_comes_back_to_where_one_was(browser, store, address):
    client = browser()
    agree(client, address)
    send(client, f"{address}/1", **{"a.role": "build", "go": "next"})
    assert browser().get(address).headers["location"] == f"{address}/2"
    assert 'value="build" checked' in browser().get(f"{address}/1").text


def test_an_answer_can_be_cleared(browser, store, address):
    client = browser()
    agree(client, address)
    send(client, f"{address}/1", **{"a.role": "build"})
    send(client, f"{address}/1", **{"a.role": "build", "clear": "role"})
    assert filling_in.look_up(store, token_of(address)).filled.answers == {}


def test_the_language_changes_at_any_moment_and_nothing_is_lost(browser, store, address):
    client = browser()
    russian = client.post(address, data={"language": "ru"})
    assert russian.headers["location"] == address
    assert '<html lang="ru">' in client.get(address).text
    agree(client, address)
    answer = send(client, f"{address}/1", **{"a.role": "other", "w.role.other": "Слушаю", "language": "en"})
    assert answer.headers["location"] == f"{address}/1"
    page = client.get(f"{address}/1").text
    assert '<html lang="en">' in page
    assert 'value="Слушаю"' in page
    assert '<html lang="en">' in browser().get(f"{address}/1", headers={"accept-language": "ru"}).text


def test_words_of_people_are_never_markup(browser, store, address):
    client = browser()
    agree(client, address)
    evil = '"><script>alert(1)</script></textarea>'
    filling_in.keep_draft(store, token_of(address), "c", 1, {
        "role": {"answer": "other", "words": {"other": evil}}, "why": {"answer": evil}, "tenure": {"answer": "9"},
    })  # fmt: skip
    for step in ("1", "3", "review"):
        page = client.get(f"{address}/{step}").text
        assert "<script>alert" not in page
        assert "</textarea></script>" not in page


# ------------------------------------------------------------------ drafts of the script


def test_a_draft_is_taken_once_and_nonsense_is_refused(browser, store, address):
    client = browser()
    agree(client, address)
    message = {"client": "c", "seq": 1, "changes": {"tenure": {"answer": 5}}}
    assert [client.post(f"{address}/draft", json=message).status_code for _time in range(2)] == [200, 200]
    for wrong in (
        b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"client": 1, "seq": 1, "changes": {}}',
        b'{"client": "c", "seq": "2", "changes": {}}', b'{"client": "c", "seq": true, "changes": {}}',
        b'{"client": "c", "seq": 1e99, "changes": {}}', b'{"client": "c", "seq": 2, "changes": []}',
    ):  # fmt: skip
        assert client.post(f"{address}/draft", content=wrong).status_code == 400, wrong
    assert client.post(f"{address}/draft", content=b" " * 2_000_001).status_code == 413
    assert dict(filling_in.look_up(store, token_of(address)).filled.answers) == {"tenure": 5.0}


@pytest.mark.parametrize("step", ["0", "99", "-1", "²", "x", "1e3", "00001", "%F0%9F%98%80"])
def test_pages_that_are_none_lead_to_the_form(browser, address, step):
    client = browser()
    agree(client, address)
    assert client.get(f"{address}/{step}").headers["location"] == address
    assert client.post(f"{address}/{step}", data={"go": step, "a.role": "plan"}).status_code == 303


def test_a_page_that_cannot_be_read_changes_nothing_and_is_shown_again(browser, store, address):
    client = browser()
    agree(client, address)
    filling_in.keep_draft(store, token_of(address), "c", 1, {"tenure": {"answer": 5}})
    for body, kind in ((b"\xff\xfe", None), (b"shown=tenure" + b"&a=" * 6000, None), (b"", None),
                       (b"a.tenure=7&go=next", None), (b"--x", "multipart/form-data; boundary=x")):  # fmt: skip
        answer = client.post(
            f"{address}/1", content=body, headers={"content-type": kind or "application/x-www-form-urlencoded"}
        )
        assert answer.status_code == 400
        assert "nothing was changed" in said(answer)
        assert dict(filling_in.look_up(store, token_of(address)).filled.answers) == {"tenure": 5.0}


def test_an_old_page_is_told_newer_answers_and_nonsense_of_its_ages_is_refused(browser, store, address):
    client = browser()
    agree(client, address)
    message = {"client": "new", "seq": 1, "changes": {"tenure": {"answer": 5}}}
    assert client.post(f"{address}/draft", json=message).json() == {"done": True, "newer": {}}
    old = {"client": "old", "seq": 1, "changes": {"tenure": {"answer": 1}}, "ages": {"tenure": 90_000}}
    answer = client.post(f"{address}/draft", json=old).json()
    assert answer == {"done": True, "newer": {"tenure": {"answer": 5.0, "words": {}}}}
    assert dict(filling_in.look_up(store, token_of(address)).filled.answers) == {"tenure": 5.0}
    assert client.post(f"{address}/draft", json=old | {"seq": 2, "ages": [1]}).status_code == 400


def test_an_old_page_with_a_script_sends_only_what_was_changed_on_it(browser, store, address):
    client = browser()
    agree(client, address)
    old = {
        "shown": shown_on(client.get(f"{address}/1")),
        "scripted": "1",
        "go": "next",
        "a.tenure": "",
        "a.role": "plan",
    }
    filling_in.keep_draft(store, token_of(address), "newer", 1, {"tenure": {"answer": 9}})
    assert client.post(f"{address}/1", data=old).status_code == 303
    assert dict(filling_in.look_up(store, token_of(address)).filled.answers) == {"tenure": 9.0}
    client.post(f"{address}/1", data=old | {"changed": ["role", "nobody"]})
    assert dict(filling_in.look_up(store, token_of(address)).filled.answers) == {"tenure": 9.0, "role": "plan"}
    client.post(f"{address}/1", data={name: value for name, value in old.items() if name != "scripted"})
    assert dict(filling_in.look_up(store, token_of(address)).filled.answers) == {"role": "plan"}


# ------------------------------------------------------------------ after sending


def test_consent_can_be_withdrawn_and_given_again(browser, store, study, links, address):
    client = browser()
    agree(client, address)
    send(client, f"{address}/1", **{"a.role": "build", "a.tenure": "1", "go": "next"})
    send(client, f"{address}/2", **{"a.ways": "bus", "a.agree.noise": "p1", "a.agree.clean": "p1", "go": "next"})
    client.post(f"{address}/review", data={"go": "send"})
    assert answers_of(store, study, next(iter(links)))
    client.post(address, data={"go": "withdraw"})
    assert answers_of(store, study, next(iter(links))) == {}
    page = said(client.get(address))
    assert "You have withdrawn your consent. Your answers were removed" in page
    assert "I agree" in page
    agree(client, address)
    assert "checked" not in client.get(f"{address}/1").text


def test_whoever_withdraws_is_told_how_many_answers_stay(browser, store, study, address):
    client, token = browser(), token_of(address)
    fill_in(store, token)
    filling_in.hand_in(store, token)
    code_answer(store, study, "why")
    client.post(address, data={"go": "withdraw"})
    page = said(client.get(address))
    assert "1 open answer stays, because the researchers have worked with it" in page
    assert "The researchers are told" in page
    assert "Your answers were removed" not in page


def test_a_later_end_opens_the_links_again(browser, store, study, address):
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE form_link SET expires_at = '2020-01-01T00:00:00+00:00'")
    assert browser().get(address).status_code == 404
    close_form_at(store, "A", study["id"], days(2))
    assert browser().get(address).status_code == 200


# ------------------------------------------------------------------ preview


def test_the_preview_stores_nothing(browser, store, study, links):
    client, place = browser(), f"/form-preview/{study['id']}"
    app = client.app
    page = _open(app, place)
    assert "Nothing is stored" in said(page)
    answer = _open(app, f"{place}/1", data={"a.role": "plan", "go": "next"})
    assert answer.headers["location"] == f"{place}/2"
    assert "Nothing is stored" in said(_open(app, f"{place}/review"))
    with store.reading() as connection:
        drafts = connection.exec_driver_sql("SELECT draft FROM form_link").scalars().all()
    assert set(drafts) == {"{}"}


def _open(app, path, data=None):
    """As whoever sits alone at the machine: no gate."""
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from survey_app import form_routes

    alone = TestClient(Starlette(routes=form_routes.ROUTES), follow_redirects=False)
    return alone.post(path, data=data) if data else alone.get(path)


@pytest.mark.parametrize(("role", "status"), [("owner", 200), ("researcher", 200), ("coder", 403), ("reader", 403)])
def test_the_preview_is_for_researchers(team, monkeypatch, browser, clock, role, status):
    from survey_app.actions.form_links import use_form
    from survey_app.session import COOKIE
    from survey_app.store import sign_ins
    from tests.survey_app.form.forms import EVERYTHING

    study, people = team
    use_form(people["owner"][0].acting(None), "A", study, EVERYTHING, "form")
    monkeypatch.setenv("RAKURS_TEAM", "1")
    settings.cache_clear()
    open_store.cache_clear()
    store = people[role][0]
    with store.writing() as connection:
        token = sign_ins.begin(connection, store.account)
    client = browser(cookies={COOKIE: token})
    assert client.get(f"/form-preview/{study['id']}/1").status_code == status
    settings.cache_clear()
