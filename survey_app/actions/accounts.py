"""Accounts: signing in and out, passwords, and what administrators do with accounts."""

import hmac
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy.exc import IntegrityError

from survey_app.actions.rights import needs_account, needs_admin
from survey_app.auth import passwords
from survey_app.language import LANGUAGES
from survey_app.own_secret import own_secret
from survey_app.settings import settings
from survey_app.store import accounts, sign_ins
from survey_app.store.log import Row, Store, now
from transcripts.messages import MessageError, sentence

LONGEST_LOGIN, LONGEST_NAME = 100, 80
RESET_LASTS = timedelta(days=3)
SECRET = "links.key"  # noqa: S105 (a file's name)
_LOGIN = re.compile(r"[\w.@+-]{3,100}")
_RESET = re.compile(r"([0-9a-f-]{36})\.(\d{1,12})\.([0-9a-f]{64})")


class AccountProblem(MessageError):
    """What was asked of an account cannot be done."""


class SignInRefused(AccountProblem):
    """Unknown login, wrong password or closed account: it is not said which."""


def sign_in(store: Store, login: str, password: str) -> str:
    """Begin a sign-in; returns its token. Raises SignInRefused."""
    with store.reading() as connection:
        row = accounts.with_password(connection, login_key(login)) if _LOGIN.fullmatch(login_key(login)) else None
    if row is None or row["closed_at"]:
        passwords.fits_nobody(password)
        raise _refused()
    if not passwords.fits(row["password"], password):
        raise _refused()
    fresh = passwords.hash_of(password) if passwords.is_outdated(row["password"]) else ""
    with store.writing() as connection:
        if accounts.password_of(connection, row["id"]) != row["password"]:
            raise _refused()  # closed, or given another password, while this one was looked at
        if fresh:
            accounts.change(connection, row["id"], password=fresh)
        return sign_ins.begin(connection, row["id"])


def sign_out(store: Store, token: str) -> None:
    """End the sign-in of a token."""
    with store.writing() as connection:
        sign_ins.end(connection, token)


@needs_account
def sign_out_everywhere(store: Store) -> None:
    """End every sign-in of one's own account."""
    with store.writing() as connection:
        sign_ins.end_all(connection, str(store.account))


@needs_account
def change_password(store: Store, old: str, new: str, *, token: str = "") -> None:
    """Give one's own account another password; other sign-ins than that of `token` end."""
    account_id = str(store.account)
    with store.reading() as connection:
        kept, row = accounts.password_of(connection, account_id), accounts.by_id(connection, account_id)
    if not passwords.fits(kept, old):
        raise AccountProblem(sentence("The old password is not right. Nothing was changed."))
    passwords.check_password(new, str(row["login"]) if row else "")
    fresh = passwords.hash_of(new)
    with store.writing() as connection:
        if accounts.password_of(connection, account_id) != kept:
            raise at_the_same_moment()
        accounts.change(connection, account_id, password=fresh)
        sign_ins.end_all(connection, account_id, but=token)


@needs_account
def describe_account(store: Store, name: str, language: str) -> None:
    """Change one's own name and the language in which pages first speak ("": the browser's)."""
    values = {"name": read_name(name), "language": language if language in LANGUAGES else ""}
    with store.writing() as connection:
        accounts.change(connection, str(store.account), **values)


@needs_admin
def all_accounts(store: Store) -> list[Row]:
    """Rows of {id, login, name, admin, language, created_at, closed_at, studies} by name."""
    with store.reading() as connection:
        return accounts.every(connection)


@needs_admin
def make_admin(store: Store, account_id: str, *, admin: bool) -> None:
    """Make an account an administrator of the installation, or no longer one."""
    with store.writing() as connection:
        if not admin:
            _need_another_admin(accounts.admins(connection), account_id)
        accounts.change(connection, account_id, admin=admin)


@needs_admin
def close_account(store: Store, account_id: str) -> None:
    """Let nobody sign in with an account any more; it and whatever was done with it stay."""
    with store.writing() as connection:
        _need_another_admin(accounts.admins(connection), account_id)
        accounts.change(connection, account_id, closed_at=now())
        sign_ins.end_all(connection, account_id)


@needs_admin
def reopen_account(store: Store, account_id: str) -> None:
    """Let somebody sign in again with their old password."""
    with store.writing() as connection:
        accounts.change(connection, account_id, closed_at="")


@needs_admin
def reset_link(store: Store, account_id: str) -> str:
    """A token with which a new password can be given once, within three days; any change of the password voids it."""
    with store.reading() as connection:
        kept = accounts.password_of(connection, account_id)
    if not kept:
        raise AccountProblem(sentence("This account is closed. Open it again first."))
    until = int(datetime.fromisoformat(sign_ins.moment(RESET_LASTS)).timestamp())
    return f"{account_id}.{until}.{_signature(account_id, until, kept)}"


def account_to_reset(store: Store, token: str) -> Row:
    """The account for which a token of `reset_link` is good. Raises AccountProblem."""
    read = _RESET.fullmatch(token)
    if read is not None:
        account_id, until, given = read[1], int(read[2]), read[3]
        with store.reading() as connection:
            kept, row = accounts.password_of(connection, account_id), accounts.by_id(connection, account_id)
        good = hmac.compare_digest(given, _signature(account_id, until, kept))
        if good and kept and row and datetime.fromisoformat(now()).timestamp() < until:
            return row
    raise AccountProblem(
        sentence("This link is no longer good: it was used, or its time is over. Ask an administrator for a new one.")
    )


def reset_password(store: Store, token: str, new: str) -> str:
    """Give a new password with a token of `reset_link`; ends every sign-in and begins one, whose token is returned."""
    row = account_to_reset(store, token)
    passwords.check_password(new, str(row["login"]))
    fresh = passwords.hash_of(new)
    with store.writing() as connection:
        account_to_reset(store, token)  # nobody else writes now: once used it is void
        accounts.change(connection, row["id"], password=fresh)
        sign_ins.end_all(connection, row["id"])
        return sign_ins.begin(connection, row["id"])


def login_key(login: str) -> str:
    """A login as it is compared: capitals and ways of typing make no difference."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def new_login(login: str) -> str:
    """A login as it is kept. Raises AccountProblem for one that nobody could type."""
    key = login_key(login)
    if not _LOGIN.fullmatch(key):
        raise AccountProblem(
            sentence("A login has 3 to {most} letters, digits or signs of . _ - + @, such as an address of mail.",
                     most=LONGEST_LOGIN)
        )  # fmt: skip
    return key


def read_name(name: str) -> str:
    """A person's name on one line. Raises AccountProblem for none or a very long one."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    if not 1 <= len(plain) <= LONGEST_NAME:
        raise AccountProblem(sentence("Write a name of at most {most} letters.", most=LONGEST_NAME))
    return plain


def at_the_same_moment() -> AccountProblem:
    """Two acts that exclude each other came at once."""
    return AccountProblem(sentence("Somebody did the same at this very moment. Look again, and try once more."))


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Tell a person in one sentence what the database refused because another was faster."""
    try:
        yield
    except IntegrityError as problem:
        raise at_the_same_moment() from problem


def signed_out() -> AccountProblem:
    """Somebody asks for what is theirs without being signed in any more."""
    return AccountProblem(sentence("You are not signed in any more. Sign in again."))


def _refused() -> SignInRefused:
    return SignInRefused(sentence("Login and password do not belong together. Check both and try again."))


def _need_another_admin(admins: list[str], account_id: str) -> None:
    if admins == [account_id]:
        raise AccountProblem(
            sentence("This is the only administrator. Make somebody else one first. Nothing was changed.")
        )


def _signature(account_id: str, until: int, kept: str) -> str:
    words = f"password {account_id} {until} {kept}".encode()
    return hmac.new(own_secret(settings().data_folder, SECRET), words, sha256).hexdigest()
