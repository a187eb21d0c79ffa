"""Signing in and out, links and the account page: by which form, with what cookie, and how often."""

import re

import pytest

from survey_app.actions import invitations
from survey_app.actions.studies import create_study
from survey_app.auth import forms
from survey_app.auth.forms import FIELD, own_path
from survey_app.language import _, use
from survey_app.session import COOKIE
from survey_app.settings import settings
from survey_app.store import sign_ins, team
from survey_app.store.team import Role
from tests.survey_app.actions.test_accounts import ANOTHER, PASSWORD, make
from tests.survey_app.auth.sending import HERE, PAGE, form_of, send, sign_in, told

# ------------------------------------------------------------------ signing in and out


def test_whoever_knows_the_password_gets_a_cookie_that_no_script_can_read(browser, first, team_mode):
    client = browser()
    answer = sign_in(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    (cookie,) = [one for one in answer.headers.get_list("set-cookie") if one.startswith(COOKIE)]
    words = {word.strip().lower() for word in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/", f"max-age={30 * 86400}"} <= words
    assert "secure" not in words
    assert sign_ins.signed_in(team_mode, client.cookies[COOKIE])["id"] == first
    assert client.get("/auth/sign-in?next=/desk").headers["location"] == "/desk"


def test_behind_https_every_cookie_is_secure(browser, first, monkeypatch):
    monkeypatch.setenv("RAKURS_ADDRESS", "https://Rakurs.example.org/")
    settings.cache_clear()
    client = browser()
    client.base_url = "https://rakurs.example.org"
    answer = sign_in(client, headers={"origin": "https://rakurs.example.org"})
    assert answer.status_code == 303
    cookies = [
        *answer.headers.get_list("set-cookie"),
        *client.get("/auth/account?lang=ru").headers.get_list("set-cookie"),
    ]
    assert len(cookies) >= 4
    assert all("secure" in one.lower() and "httponly" in one.lower() for one in cookies)


def test_unknown_login_and_wrong_password_are_one_answer(browser, first):
    answers = [sign_in(browser(), "first", "wrong password"), sign_in(browser(), "nobody", PASSWORD)]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert len({told(answer) for answer in answers}) == 1
    assert all(COOKIE not in str(answer.headers.get_list("set-cookie")) for answer in answers)
    assert "wrong password" not in answers[0].text


def test_signing_out_ends_it_here_and_everywhere(browser, first, team_mode):
    here, there = browser(), browser()
    sign_in(here), sign_in(there)
    token = here.cookies[COOKIE]
    assert send(here, "/auth/sign-out", "/auth/account").headers["location"] == "/auth/sign-in"
    assert COOKIE not in here.cookies
    assert sign_ins.signed_in(team_mode, token) is None
    sign_in(here)
    send(here, "/auth/sign-out-everywhere", "/auth/account")
    assert there.get("/desk", headers=PAGE).status_code == 303


def test_signing_in_again_ends_the_sign_in_that_was_there(browser, first, team_mode):
    client = browser()
    sign_in(client)
    old = client.cookies[COOKIE]
    fields = {FIELD: form_of(client, "/auth/account"), "login": "first", "password": PASSWORD}
    client.post("/auth/sign-in", data=fields, headers=HERE)
    assert client.cookies[COOKIE] != old
    assert sign_ins.signed_in(team_mode, old) is None


def test_a_new_password_from_the_account_page(browser, first):
    here, there = browser(), browser()
    sign_in(here), sign_in(there)
    refused = send(here, "/auth/change-password", "/auth/account", old="wrong password", password=ANOTHER)
    assert (refused.status_code, "old password" in told(refused)) == (400, True)
    assert send(here, "/auth/change-password", "/auth/account", old=PASSWORD, password=ANOTHER).status_code == 303
    assert here.get("/desk").text == "inside"
    assert there.get("/desk", headers=PAGE).status_code == 303


def test_name_and_language_from_the_account_page(browser, first):
    client = browser()
    sign_in(client)
    answer = send(client, "/auth/account", name="Анна <b>Орлова</b>", language="ru")
    assert answer.headers["location"] == "/auth/account?saved"
    page = client.get("/auth/account?lang=ru")
    assert "Анна &lt;b&gt;Орлова&lt;/b&gt;" in page.text
    with use("ru"):
        assert _("Your account") in page.text
    assert 'lang="ru"' in client.get("/auth/account").text


# ------------------------------------------------------------------ links


def test_a_link_makes_an_account_and_leads_into_the_study(browser, first, team_mode):
    store = team_mode.acting(first)
    study = create_study(store, "", title_en="Panel <i>one</i>")
    path = f"/auth/invitation/{invitations.invite(store, 'A', study['id'], Role.CODER, 'Guest')}"
    client = browser()
    page = client.get(path).text
    assert "Panel &lt;i&gt;one&lt;/i&gt;" in page
    assert 'value="Guest"' in page
    refused = send(client, path, name="Guest", login="guest", password="short")
    assert (refused.status_code, "10 to 200" in told(refused)) == (400, True)
    assert 'value="guest"' in refused.text
    answer = send(client, path, name="Guest", login="guest", password=PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/home?study={study['slug']}")
    assert client.get("/home").text == "inside"
    gone = browser().get(path)
    assert (gone.status_code, "no longer good" in told(gone)) == (404, True)


def test_somebody_signed_in_accepts_with_their_account(browser, first, team_mode):
    guest, _token = make(team_mode, "guest", admin=False)
    study = create_study(team_mode.acting(first), "", title_en="Panel")
    token = invitations.invite(team_mode.acting(first), "A", study["id"], Role.READER)
    client = browser()
    sign_in(client, "guest")
    assert "You are signed in as Guest." in client.get(f"/auth/invitation/{token}").text
    assert send(client, f"/auth/invitation/{token}", **{"as": "account"}).status_code == 303
    with team_mode.reading() as connection:
        assert team.member(connection, study["id"], guest).role is Role.READER


def test_looking_at_a_link_does_not_use_it_up(browser, team_mode):
    path = f"/auth/invitation/{invitations.first_invitation(team_mode)}"
    client = browser()
    assert [client.get(path).status_code, client.head(path).status_code, client.get(path).status_code] == [200] * 3


# ------------------------------------------------------------------ forged forms


@pytest.mark.parametrize(
    "path", ["/auth/sign-in", "/auth/account", "/auth/change-password", "/auth/sign-out", "/auth/sign-out-everywhere"]
)
def test_a_form_from_elsewhere_does_nothing(browser, first, team_mode, path):
    client, other = browser(), browser()
    sign_in(client)
    token = client.cookies[COOKIE]
    good = form_of(client, "/auth/account")
    fields = {"login": "first", "password": ANOTHER, "old": PASSWORD, "name": "Evil"}
    attempts = [
        (fields, HERE),
        (fields | {FIELD: ""}, HERE),
        (fields | {FIELD: "0" * 64}, HERE),
        (fields | {FIELD: "ж"}, HERE),
        (fields | {FIELD: form_of(other, "/auth/sign-in")}, HERE),
        (fields | {FIELD: good}, {"origin": "https://evil.example"}),
        (fields | {FIELD: good}, {"origin": "null"}),
        (fields | {FIELD: good}, {"sec-fetch-site": "cross-site"}),
        (fields | {FIELD: good}, HERE | {"sec-fetch-site": "same-site"}),
    ]
    for sent, headers in attempts:
        answer = client.post(path, data=sent, headers=headers)
        assert (answer.status_code, "out of date" in told(answer)) == (403, True)
    row = sign_ins.signed_in(team_mode, token)
    assert row["name"] == "First"
    assert client.cookies[COOKIE] == token
    json = client.post(path, json=fields | {FIELD: good}, headers=HERE)
    assert json.status_code == 403


def test_a_form_needs_its_cookie(browser, first):
    client = browser()
    token = form_of(client, "/auth/sign-in")
    client.cookies.clear()
    fields = {FIELD: token, "login": "first", "password": PASSWORD}
    assert client.post("/auth/sign-in", data=fields, headers=HERE).status_code == 403


def test_looking_never_acts(browser, first, team_mode):
    client = browser()
    for words in ("login=first&password=" + PASSWORD.replace(" ", "+"), ""):
        for ask in (client.get, client.head):
            assert COOKIE not in ask(f"/auth/sign-in?{words}").cookies


def test_a_form_longer_than_any_of_ours_is_refused(browser):
    assert browser().post("/auth/sign-in", data={"login": "x" * forms.MOST_BYTES}, headers=HERE).status_code == 413


@pytest.mark.parametrize(
    "wished",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "desk",
     "/\t/evil.example", "/\n/evil.example", "/auth/sign-out", "/auth/sign-in?next=/", "/" + "a" * 600, ""],
)  # fmt: skip
def test_the_way_on_leads_nowhere_else(browser, first, wished):
    assert own_path(wished) == "/"
    assert sign_in(browser(), next=wished).headers["location"] == "/"


def test_the_way_on_is_the_page_that_was_asked_for(browser, first):
    client = browser()
    asked = client.get("/desk?study=a-b&lang=ru", headers=PAGE)
    assert asked.status_code == 303
    page = client.get(asked.headers["location"])
    wished = re.search(r'name="next" value="([^"]*)"', page.text)[1].replace("&amp;", "&")
    assert sign_in(client, next=wished).headers["location"] == "/desk?study=a-b&lang=ru"


# ------------------------------------------------------------------ waits


def test_after_five_failures_a_login_waits_and_is_told_how_long(browser, first, clock):
    client = browser()
    assert [sign_in(client, password="wrong password").status_code for _ in range(5)] == [400] * 5
    answer = sign_in(client)
    assert (answer.status_code, told(answer)) == (429, "Too many attempts failed. Try again in 30 seconds.")
    clock.now += 30
    assert sign_in(client, password="wrong password").status_code == 400
    assert told(sign_in(client)) == "Too many attempts failed. Try again in 60 seconds."
    clock.now += 60
    assert sign_in(client).status_code == 303


def test_a_stranger_does_not_lock_out_a_browser_that_has_signed_in_before(browser, first):
    mine, stranger = browser(), browser()
    sign_in(mine)
    send(mine, "/auth/sign-out", "/auth/account")
    assert [sign_in(stranger, password="wrong password").status_code for _ in range(6)][-1] == 429
    assert sign_in(browser()).status_code == 429
    assert sign_in(mine).status_code == 303


def test_an_address_that_tries_many_logins_waits(browser, first):
    client = browser()
    statuses = [sign_in(client, f"login{number}").status_code for number in range(21)]
    assert statuses == [400] * 20 + [429]


def test_the_old_password_cannot_be_tried_out_either(browser, first):
    client = browser()
    sign_in(client)
    statuses = [
        send(client, "/auth/change-password", "/auth/account", old="wrong password", password=ANOTHER).status_code
        for _ in range(6)
    ]
    assert statuses == [400] * 5 + [429]
