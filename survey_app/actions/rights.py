"""Every action says which role it needs; the role is read from the database each time, whoever calls.

A store knows who acts through it (`Store.acting`). Whoever sits at the machine (no accounts, the command line, a
notebook) has the database anyway and may do everything; a person who has signed in may do what their role in the
study allows, under their own coder's key alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar, cast

from sqlalchemy import Connection

from survey_app.store.log import Store
from survey_app.store.sight import Sight, sight
from survey_app.store.team import Member, Role, is_admin, is_open, member
from transcripts.messages import MessageError, sentence

Given = ParamSpec("Given")
Result = TypeVar("Result")


class NotPermitted(MessageError):
    """Somebody asked for what their role does not allow. Nothing was changed."""


def needs(role: Role, *, of_others: bool = False) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """Let an action be done by those who have at least this role in the study that its arguments name.

    The study is its argument `study_id`, `study` or that of a `desk`. A `person` must be the one who acts, and so
    must what names a coder (`coder_id`, `coder_key`, `coder`, `desk`), unless the action is about others.
    """

    def guard(action: Callable[Given, Result]) -> Callable[Given, Result]:
        bind = signature(action).bind

        @wraps(action)
        def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Result:
            store = cast(Store, kwargs.get("store", args[0] if args else None))
            if store.account is not None:
                given = bind(*args, **kwargs).arguments
                with store.reading() as connection:
                    acting = permit(connection, store, study_of(given), role)
                _need_own(given, acting, of_others=of_others)
            return action(*args, **kwargs)

        guarded.needs = role  # type: ignore[attr-defined]
        return guarded

    return guard


def needs_admin(action: Callable[Given, Result]) -> Callable[Given, Result]:
    """Let an action be done by administrators of the installation."""

    @wraps(action)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        store = cast(Store, kwargs.get("store", args[0] if args else None))
        if store.account is not None:
            with store.reading() as connection:
                if not is_admin(connection, store.account):
                    raise NotPermitted(sentence("This is for administrators of this installation."))
        return action(*args, **kwargs)

    guarded.needs = "admin"  # type: ignore[attr-defined]
    return guarded


def needs_account(action: Callable[Given, Result]) -> Callable[Given, Result]:
    """Let an action be done by whoever has signed in, with their own account: `store.account` is set in it."""

    @wraps(action)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        store = cast(Store, kwargs.get("store", args[0] if args else None))
        with store.reading() as connection:
            if not store.account or not is_open(connection, store.account):
                raise NotPermitted(sentence("Sign in first."))
        return action(*args, **kwargs)

    guarded.needs = "account"  # type: ignore[attr-defined]
    return guarded


def permit(connection: Connection, store: Store, study_id: str, role: Role) -> Member | None:
    """Who acts, if their role is enough; None: whoever sits at the machine. Raises NotPermitted."""
    if store.account is None:
        return None
    found = member(connection, study_id, store.account)
    if found is None or found.role < role:
        raise NotPermitted(
            sentence("Your role in this study does not allow this. Nothing was changed; ask the owner of the study.")
        )
    return found


def acting_member(store: Store, study_id: str) -> Member | None:
    """Who acts in a study; None: whoever sits at the machine. Raises NotPermitted for who is not in the study."""
    with store.reading() as connection:
        return permit(connection, store, study_id, Role.READER)


def sight_of(connection: Connection, store: Store, study_id: str) -> Sight:
    """Which codings the one who acts may see."""
    return sight(connection, study_id, permit(connection, store, study_id, Role.READER))


def study_of(given: Mapping[str, Any]) -> str:
    """The id of the study that the arguments of an action name."""
    if "study_id" in given:
        return str(given["study_id"])
    if "study" in given:
        return str(given["study"]["id"])
    return str(given["desk"].study_id)


def _need_own(given: Mapping[str, Any], acting: Member | None, *, of_others: bool) -> None:
    if acting is None:
        return
    ids, keys = [], [given.get("person")]
    if not of_others:
        desk, coder = given.get("desk"), given.get("coder")
        named = coder if isinstance(coder, dict) else {}
        ids += [given.get("coder_id"), desk and desk.coder_id, named.get("id")]
        keys += [given.get("coder_key"), desk.coder_key if desk else None, named.get("key")]
    if any(one and one != acting.coder_id for one in ids) or any(one not in {None, acting.coder_key} for one in keys):
        raise NotPermitted(sentence("This belongs to another coder. Nothing was shown and nothing was changed."))
