"""Signing in at /auth: forms of our own, each with a token of its browser, answered with 303."""

from collections.abc import Awaitable, Callable
from hashlib import sha256
from math import ceil
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from survey_app.actions import accounts, invitations
from survey_app.auth import forms
from survey_app.auth.known import COOKIE as KNOWN
from survey_app.auth.known import known_as, sign_of
from survey_app.auth.limiting import Key, Limiter
from survey_app.auth.page_words import role_means, role_name
from survey_app.auth.pages import Asked, look, speaking
from survey_app.language import _, label, ngettext, translate
from survey_app.session import machine_store
from survey_app.settings import settings
from survey_app.store import sign_ins, team
from survey_app.store.log import Row
from transcripts.messages import MessageError

LIMITER = Limiter()
OF_ADDRESS = 20
"""Failures that are free for an address on the net: a whole office may come from one."""


def _sign_in(asked: Asked) -> Response:
    wished = forms.own_path(asked.fields.get("next") or asked.request.query_params.get("next", ""))
    login = accounts.login_key(asked.fields.get("login", ""))[: accounts.LONGEST_LOGIN]

    def show(problem: str = "", status: int = 200) -> Response:
        with machine_store().reading() as connection:
            nobody = team.accounts(connection) == 0
        return asked.page(
            "sign_in.html", _("Sign in"), status=status, problem=problem, login=login, next=wished, nobody=nobody
        )

    if not asked.posted:
        return asked.go(wished) if _account(asked) else show()
    mine, address = _keys(asked, login)
    wait = LIMITER.attempt([mine, address])
    if wait > 0:
        return show(_in_a_while(wait), 429)
    try:
        token = accounts.sign_in(machine_store(), login, asked.fields.get("password", ""))
    except MessageError as problem:
        return show(translate(problem.message), 400)
    LIMITER.succeeded(mine, address)
    accounts.sign_out(machine_store(), asked.token)
    return asked.keep(asked.go(wished, token=token), KNOWN, sign_of(settings().data_folder, login))


def _invitation(asked: Asked) -> Response:
    token, account = asked.request.path_params["token"], _account(asked)
    offered = invitations.look_at(machine_store(), token)
    if asked.posted:
        try:
            if account and asked.fields.get("as") == "account":
                invitations.join(machine_store().acting(account["id"]), token)
                return asked.go(_home(offered))
            login, name = asked.fields.get("login", ""), asked.fields.get("name", "")
            password = asked.fields.get("password", "")
            began = invitations.accept(machine_store(), token, login, name, password, asked.language)
            return asked.go(_home(offered), token=began)
        except MessageError as problem:
            return _offer(asked, offered, account, problem=translate(problem.message), status=400)
    return _offer(asked, offered, account)


def _offer(asked: Asked, offered: invitations.Invited, account: Row | None, *, problem: str = "",
           status: int = 200) -> Response:  # fmt: skip
    role = role_name(offered.role)
    if offered.study is None:
        offer = _("You are invited to administer this installation of Rakurs.")
    elif offered.by:
        offer = _("{name} invites you to the study “{title}” as {role}.", name=offered.by,
                  title=label(offered.study, "title"), role=role)  # fmt: skip
    else:
        offer = _("You are invited to the study “{title}” as {role}.", title=label(offered.study, "title"), role=role)
    return asked.page(
        "invitation.html", _("Invitation"), status=status, problem=problem, offer=offer,
        means=role_means(offered.role), account=account,
        signed_in_as=_("You are signed in as {name}.", name=account["name"]) if account else "",
        name=asked.fields.get("name", offered.name), login=asked.fields.get("login", ""),
        sign_in_href=f"/auth/sign-in?next={quote(asked.request.url.path, safe='')}",
    )  # fmt: skip


def _new_password(asked: Asked) -> Response:
    token = asked.request.path_params["token"]
    row = accounts.account_to_reset(machine_store(), token)

    def show(problem: str = "", status: int = 200) -> Response:
        return asked.page(
            "new_password.html", _("New password"), status=status, problem=problem, login=row["login"],
            whose=_("For {name}, who signs in as {login}.", name=row["name"], login=row["login"]),
        )  # fmt: skip

    if not asked.posted:
        return show()
    try:
        return asked.go("/", token=accounts.reset_password(machine_store(), token, asked.fields.get("password", "")))
    except MessageError as problem:
        return show(translate(problem.message), 400)


def _own_account(asked: Asked) -> Response:
    if not asked.posted:
        return _show_account(asked, done=_("Saved.") if "saved" in asked.request.query_params else "")
    account = _need_account(asked)
    store = machine_store().acting(account["id"])
    try:
        accounts.describe_account(store, asked.fields.get("name", ""), asked.fields.get("language", ""))
    except MessageError as problem:
        return _show_account(asked, problem=translate(problem.message), status=400)
    return asked.go("/auth/account?saved")


def _change_password(asked: Asked) -> Response:
    account = _need_account(asked)
    store = machine_store().acting(account["id"])
    mine, address = _keys(asked, account["login"])
    wait = LIMITER.attempt([mine, address])
    if wait > 0:
        return _show_account(asked, problem=_in_a_while(wait), status=429)
    try:
        old, new = asked.fields.get("old", ""), asked.fields.get("password", "")
        accounts.change_password(store, old, new, token=asked.token)
    except MessageError as problem:
        return _show_account(asked, problem=translate(problem.message), status=400)
    LIMITER.succeeded(mine, address)
    return asked.go("/auth/account?saved")


def _show_account(asked: Asked, *, problem: str = "", done: str = "", status: int = 200) -> Response:
    account = _account(asked)
    if account is None:
        return asked.go("/auth/sign-in?next=/auth/account")
    return asked.page("account.html", _("Your account"), account=account, problem=problem, done=done, status=status)


def _sign_out(asked: Asked) -> Response:
    accounts.sign_out(machine_store(), asked.token)
    return asked.go("/auth/sign-in", token="")


def _sign_out_everywhere(asked: Asked) -> Response:
    accounts.sign_out_everywhere(machine_store().acting(_need_account(asked)["id"]))
    return asked.go("/auth/sign-in", token="")


def _account(asked: Asked) -> Row | None:
    return sign_ins.signed_in(machine_store(), asked.token)


def _need_account(asked: Asked) -> Row:
    account = _account(asked)
    if account is None:
        raise accounts.signed_out()
    return account


def _keys(asked: Asked, login: str) -> tuple[Key, Key]:
    """Under what an attempt is counted. A browser that knows the login is counted by itself: strangers do not make
    it wait. Logins are counted by their hash, so that memory holds none."""
    whose = known_as(settings().data_folder, asked.request.cookies.get(KNOWN, ""), login) or "login"
    client = asked.request.client
    return (
        Key(f"{whose} {sha256(login.encode('utf-8', 'surrogateescape')).hexdigest()}"),
        Key(f"address {client.host if client else ''}", OF_ADDRESS),
    )


def _in_a_while(wait_s: float) -> str:
    minutes = ceil(wait_s / 60)
    if wait_s <= 60:
        seconds = ceil(wait_s)
        return ngettext(
            "Too many attempts failed. Try again in {count} second.",
            "Too many attempts failed. Try again in {count} seconds.",
            seconds,
        )
    return ngettext(
        "Too many attempts failed. Try again in {count} minute.",
        "Too many attempts failed. Try again in {count} minutes.",
        minutes,
    )


def _home(offered: invitations.Invited) -> str:
    return f"/home?study={quote(offered.study['slug'])}" if offered.study else "/"


def _refused(asked: Asked, problem: str, status: int) -> Response:
    return asked.page("refused.html", _("This did not work"), status=status, problem=problem)


def _endpoint(answer: Callable[[Asked], Response]) -> Callable[[Request], Awaitable[Response]]:
    """A form's way in: short enough, sent from a page of ours, answered in the language of whoever asks."""

    def speak(asked: Asked) -> Response:
        with speaking(asked):
            if asked.posted and not forms.is_ours(asked.request, asked.fields):
                return _refused(asked, _("This form is out of date. Go back, load the page again and repeat it."), 403)
            try:
                return answer(asked)
            except MessageError as problem:
                return _refused(asked, translate(problem.message), 404)

    async def endpoint(request: Request) -> Response:
        try:
            fields = await forms.fields_of(request) if request.method == "POST" else {}
        except forms.TooLong:
            return PlainTextResponse("", 413)
        return await run_in_threadpool(speak, Asked(request, fields))

    return endpoint


async def _look(request: Request) -> Response:
    return look(request.path_params["file"]) or PlainTextResponse("", 404)


ROUTES = [
    Route("/auth/sign-in", _endpoint(_sign_in), methods=["GET", "POST"]),
    Route("/auth/invitation/{token}", _endpoint(_invitation), methods=["GET", "POST"]),
    Route("/auth/password/{token}", _endpoint(_new_password), methods=["GET", "POST"]),
    Route("/auth/account", _endpoint(_own_account), methods=["GET", "POST"]),
    Route("/auth/change-password", _endpoint(_change_password), methods=["POST"]),
    Route("/auth/sign-out", _endpoint(_sign_out), methods=["POST"]),
    Route("/auth/sign-out-everywhere", _endpoint(_sign_out_everywhere), methods=["POST"]),
    Route("/auth/look/{file}", _look),
]
