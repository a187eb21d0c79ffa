"""A claim put together from choices: what kind it is, of which code, in which groups, how many."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from coding.claim_form import kind_of
from coding.claims import AtLeast, AtMost, Claim, FirstAmong, Groups, MoreIn, MoreNamed
from survey_app.components.finding_names import Spoken
from survey_app.language import _
from survey_app.views.segment_names import records


def claim_choice(spoken: Spoken, present: Claim | None, key: str) -> tuple[Claim | None, bool]:
    """The claim that is chosen, and whether nothing is missing in it; None where the sentence names no numbers."""
    kinds = {"": _("nothing that can be counted"), **_kinds()}
    at = list(kinds).index(kind_of(present)) if present is not None else 0
    kind = str(
        st.selectbox(_("The sentence claims"), list(kinds), at, format_func=kinds.__getitem__, key=f"{key}-kind")
    )
    claim = _of_kind(spoken, kind, present, key) if kind else None
    return claim, claim is not None or not kind


def _of_kind(spoken: Spoken, kind: str, present: Claim | None, key: str) -> Claim | None:
    code = _code(spoken, _("Code"), present.code_id if present else "", f"{key}-code")
    if not code:
        return None
    groups = present.group_ids if present else ()
    if kind == "more_in":
        return _between_groups(spoken, code, groups, present, key)
    if kind == "more_named":
        other = _code(
            spoken, _("than the code"), present.other_id if isinstance(present, MoreNamed) else "", f"{key}-other"
        )
        chosen = _groups(spoken, _("Among the experts of"), groups, f"{key}-groups", _("all groups"))
        return MoreNamed(code, other, chosen) if other else None
    if kind == "first_among":
        root = spoken.root_of(code)
        chosen = _groups(spoken, _("Among the experts of"), groups, f"{key}-groups", _("all groups"))
        if root == code:
            st.caption(_("This is the top of a branch. Choose a code below it."))
            return None
        return FirstAmong(code, root, chosen)
    chosen = _groups(spoken, _("Among the experts of"), groups, f"{key}-groups", _("all groups"))
    return _share(spoken, kind, code, chosen, present, key)


def _share(spoken: Spoken, kind: str, code: str, groups: Groups, present: Claim | None, key: str) -> Claim | None:
    """So many of the experts of these groups; what is stored is k of their number."""
    experts = spoken.frames.experts["group_id"]
    n = int(experts.isin(groups).sum() if groups else len(experts))
    if not n:
        st.caption(_("Nobody is in these groups."))
        return None
    before = min(n, -(-present.k * n // present.n)) if isinstance(present, AtLeast | AtMost) else (n + 1) // 2
    k = int(st.number_input(_("How many of {n}", n=n), 0, n, before, key=f"{key}-k-{n}-{before}", width=220))
    if isinstance(present, AtLeast | AtMost) and k == before and present.group_ids == groups:
        k, n = present.k, present.n  # a half stays a half
    return AtLeast(code, k, n, groups) if kind == "at_least" else AtMost(code, k, n, groups)


def _between_groups(spoken: Spoken, code: str, groups: Groups, present: Claim | None, key: str) -> Claim | None:
    left, right = st.columns(2)
    with left:
        here = _groups(spoken, _("More in"), groups, f"{key}-here", _("choose"))
    with right:
        others = present.others if isinstance(present, MoreIn) else ()
        there = _groups(spoken, _("than in"), others, f"{key}-there", _("all others"), without=here)
    return MoreIn(code, here, there) if here else None


def _code(spoken: Spoken, title: str, chosen: str, key: str) -> str:
    names = {row["code_id"]: _named(row, spoken) for row in records(spoken.frames.codes)}
    if chosen and chosen not in names:
        names[chosen] = chosen  # it is gone, but what was claimed stays claimed
    at = list(names).index(chosen) if chosen else None
    found = st.selectbox(
        title, list(names), at, format_func=names.__getitem__, key=key, placeholder=_("choose")
    )  # fmt: skip
    return str(found or "")


def _named(row: dict[str, str], spoken: Spoken) -> str:
    name = f"{row['short']} {spoken.names.codes[row['code_id']]}".strip()
    return name if row["parent_id"] else f"{name} …"


def _groups(
    spoken: Spoken, title: str, chosen: Sequence[str], key: str, nothing: str, without: Sequence[str] = ()
) -> Groups:
    options = [each for each in spoken.names.groups if each not in without]
    options += [each for each in chosen if each not in options and each not in without]
    found = st.multiselect(
        title, options, [each for each in chosen if each in options], key=key, placeholder=nothing,
        format_func=lambda each: spoken.names.groups.get(each, each),
    )  # fmt: skip
    return tuple(sorted((str(each) for each in found), key=options.index))


def _kinds() -> dict[str, str]:
    return {
        "at_least": _("at least so many name a code"), "at_most": _("at most so many name a code"),
        "more_named": _("one code is named by more than another"),
        "more_in": _("some groups name a code more than others"),
        "first_among": _("a code is named by more than anything else of its branch"),
    }  # fmt: skip
