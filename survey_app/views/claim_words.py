"""Claims, what they come to and whether they hold, in words, in the language of the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from coding.claims import AtLeast, AtMost, Claim, FirstAmong, Groups, Measured, MoreIn, MoreNamed
from coding.robustness import (
    ADJUDICATED,
    AS_COUNTED,
    CODINGS,
    GROUPS,
    OTHER_GROUPS,
    STATEMENTS,
    STATEMENTS_WITHOUT,
    WITHOUT,
    Reanalysis,
    Verdict,
)
from survey_app.language import _, label, ngettext
from survey_app.views import measures, style

NAMED = 4
"""So many experts are named in a verdict; more are counted, and stand in the table."""


@dataclass(frozen=True, slots=True)
class Names:
    """What codes and groups are called on screen; what has no name keeps its key."""

    codes: Mapping[str, str]
    groups: Mapping[str, str]


def claim_words(claim: Claim, names: Names) -> str:
    """What a sentence claims, as a phrase."""
    code = names.codes.get(claim.code_id, claim.code_id)
    match claim:
        case AtLeast(_code, k, n):
            said = (
                _("“{code}” is named by all experts", code=code)
                if k == n
                else _("“{code}” is named by at least {share}", code=code, share=share_words(k, n))
            )
        case AtMost(_code, k, n):
            said = (
                _("“{code}” is named by no expert", code=code)
                if k == 0
                else _("“{code}” is named by at most {share}", code=code, share=share_words(k, n))
            )
        case MoreNamed(_code, other_id):
            other = names.codes.get(other_id, other_id)
            said = _("“{code}” is named by more experts than “{other}”", code=code, other=other)
        case MoreIn(_code, group_ids, others):
            here, there = group_words(group_ids, names), group_words(others, names)
            if others:
                return _(
                    "“{code}” is named by a larger share of {groups} than of {others}",
                    code=code, groups=here, others=there,
                )  # fmt: skip
            return _("“{code}” is named by a larger share of {groups} than of all others", code=code, groups=here)
        case FirstAmong(_code, root_id):
            root = names.codes.get(root_id, root_id)
            said = _("“{code}” is named by more experts than anything else of “{root}”", code=code, root=root)
    return f"{said} ({group_words(claim.group_ids, names)})" if claim.group_ids else said


def share_words(k: int, n: int) -> str:
    """A share of the experts as people say it."""
    said = {
        (1, 4): _("a quarter of the experts"), (1, 3): _("a third of the experts"), (1, 2): _("half of the experts"),
        (2, 3): _("two thirds of the experts"), (3, 4): _("three quarters of the experts"),
    }  # fmt: skip
    return said.get((k, n)) or _("{k} of {n} experts", k=k, n=n)


def group_words(group_ids: Groups, names: Names) -> str:
    """Groups by their names."""
    return ", ".join(names.groups.get(group_id, group_id) for group_id in group_ids)


def number_words(measured: Measured, names: Names) -> str:
    """The numbers of a claim: "8 of 8 against 1 of 12"; a dash where nobody is there to be counted."""
    if not any(n for _k, n in measured.counts):
        return measures.NONE
    first, *others = [style.k_of_n(k, n) for k, n in measured.counts]
    if not others:
        return first
    if measured.rival:
        rival = names.codes.get(measured.rival, measured.rival)
        return _("{first} against {second} (“{rival}”)", first=first, second=others[0], rival=rival)
    return _("{first} against {second}", first=first, second=others[0])


def verdict_words(rows: Sequence[Reanalysis], said: Verdict, names: Names) -> str:
    """One plain line: whether a claim holds, in how many re-analyses, and what turns it."""
    if said.holds is None:
        return _("It cannot be said whether this holds: nobody is there to be counted.")
    numbers = number_words(rows[0].measured, names)
    first = _("Holds: {numbers}.", numbers=numbers) if said.holds else _("Does not hold: {numbers}.", numbers=numbers)
    if not said.tried:
        return first
    if said.holds and not said.turned:
        return f"{first} " + ngettext(
            "It holds in the one re-analysis.", "It holds in all {count} re-analyses.", said.tried
        )
    if not said.turned:
        return f"{first} " + ngettext(
            "Nor does it hold in the one re-analysis.", "Nor does it hold in any of {count} re-analyses.", said.tried
        )
    turns = ", ".join(_turning(said.turned, names))
    if said.holds:
        kept = ngettext(
            "It holds in {kept} of {count} re-analysis; it breaks {turns}.",
            "It holds in {kept} of {count} re-analyses; it breaks {turns}.", said.tried, kept=said.kept, turns=turns,
        )  # fmt: skip
    else:
        kept = ngettext(
            "It would hold in {kept} of {count} re-analysis: {turns}.",
            "It would hold in {kept} of {count} re-analyses: {turns}.", said.tried, kept=said.kept, turns=turns,
        )  # fmt: skip
    return f"{first} {kept}"


def table(rows: Sequence[Reanalysis], names: Names) -> pd.DataFrame:
    """Every re-analysis as a row: what turns the claim first among its kind, in the order of kinds."""
    order = [AS_COUNTED, CODINGS, STATEMENTS, STATEMENTS_WITHOUT, GROUPS, OTHER_GROUPS, WITHOUT]
    first = rows[0].measured.holds if rows else None
    listed = sorted(rows, key=lambda row: (order.index(row.kind), _news(row, first), not row.speaks_most))
    answers = {True: _("yes"), False: _("no"), None: _("cannot be said")}
    return pd.DataFrame(
        {
            _("Counted"): [way_words(row, names) for row in listed],
            _("Numbers"): [number_words(row.measured, names) for row in listed],
            _("Holds"): [answers[row.measured.holds] for row in listed],
        }
    )


def way_words(row: Reanalysis, names: Names) -> str:
    """How a re-analysis counts, as a row of the table says it."""
    if row.kind == AS_COUNTED:
        return _("as counted ({codings})", codings=_codings(row.key))
    if row.kind == CODINGS:
        return _codings(row.key)
    if row.kind == WITHOUT and row.speaks_most:
        return _("without {expert}, who speaks most", expert=row.key)
    if row.kind == WITHOUT:
        return _("without {expert}", expert=row.key)
    if row.kind == GROUPS:
        return _("for {segment} instead", segment=_segment(row, names))
    if row.kind == OTHER_GROUPS:
        return _("against {segment}", segment=_segment(row, names))
    if row.kind == STATEMENTS_WITHOUT:
        return _("by statements without {expert}", expert=row.key)
    return _("by statements")


def _turning(turned: Sequence[Reanalysis], names: Names) -> list[str]:
    """What turns a claim, one phrase a kind."""
    experts = [row for row in turned if row.kind == WITHOUT]
    said = []
    if len(experts) == 1:
        said.append(way_words(experts[0], names))
    elif experts and len(experts) <= NAMED:
        said.append(_("without any one of {experts}", experts=", ".join(row.key for row in experts)))
    elif experts:
        said.append(ngettext("without any one of {count} expert", "without any one of {count} experts", len(experts)))
    by_statements = [row for row in turned if row.kind in (STATEMENTS, STATEMENTS_WITHOUT)]
    said += [way_words(row, names) for row in turned if row.kind != WITHOUT and row not in by_statements]
    if len(by_statements) > 1 and by_statements[0].kind == STATEMENTS:
        who = ", ".join(row.key for row in by_statements[1:])
        return [*said, _("by statements, with {expert} and without", expert=who)]
    return said + [way_words(row, names) for row in by_statements]


def _news(row: Reanalysis, first: bool | None) -> int:
    """What says otherwise comes first, what says nothing last."""
    return 2 if row.measured.holds is None else int(row.measured.holds is first)


def _codings(key: str) -> str:
    if key == ADJUDICATED:
        return _("by the adjudicated codings")
    return _("as coded by {coder}", coder=key)


def _segment(row: Reanalysis, names: Names) -> str:
    if row.segment is None:
        return row.key
    return _("“{words}”", words=label(row.segment) or group_words(row.segment.group_ids, names))
