"""The versions of a codebook on screen: who changed what and when, and what differs between any two."""

import pandas as pd
import streamlit as st

from coding.codebook_changes import Difference
from survey_app import session
from survey_app.actions.codebook_versions import Comparison, Version, compare_versions, versions
from survey_app.components.codebook_names import act_name, field_name, section_name
from survey_app.components.codebook_tree import polarity_names
from survey_app.components.moments import moment
from survey_app.components.plain import plain
from survey_app.components.telling import telling_problems
from survey_app.language import _, current, ngettext
from survey_app.store.log import Row

MOST = 200
LONGEST = 400


def codebook_versions(study: Row) -> None:
    """The list, and what differs between the version that is chosen and an older one."""
    found = versions(session.store(), study["id"])
    st.caption(_("Every change makes a version, an undo too. A coding remembers the version that it was made under."))
    if not found:
        st.info(_("Nothing has been changed yet: there are no versions to compare."), icon=":material/history:")
        return
    left, right = st.columns(2, gap="large")
    with left:
        _list(found)
    with right:
        _difference(study, found)


def _list(found: list[Version]) -> None:
    table = pd.DataFrame(
        {
            "number": [one.number for one in found],
            "at": [moment(one.at) for one in found],
            "person": [one.person or "–" for one in found],
            "act": [_act(one) for one in found],
        }
    )
    st.dataframe(
        table, hide_index=True, width="stretch", alt=_("Versions"),
        column_config={
            "number": st.column_config.NumberColumn(_("Version"), width=70),
            "at": st.column_config.TextColumn(_("When"), width=130),
            "person": st.column_config.TextColumn(_("Who"), width=60),
            "act": st.column_config.TextColumn(_("What happened")),
        },
    )  # fmt: skip


def _act(version: Version) -> str:
    act = act_name(version.verb)
    words = {"undo": _("undone: {act}"), "redo": _("done again: {act}")}
    return words[version.kind].format(act=act) if version.kind in words else act


def _difference(study: Row, found: list[Version]) -> None:
    numbers = [one.number for one in found]
    one, other = st.columns(2)
    newer = one.selectbox(_("Version"), numbers, key=f"version-{numbers[0]}")
    older_ones = [number for number in numbers if number < newer]
    if not older_ones:
        st.markdown(_("With this version the codebook begins: there is none before it to compare."))
        return
    older = other.selectbox(_("Compared with"), older_ones, key=f"older-{newer}")
    with telling_problems():
        comparison = compare_versions(session.store(), study["id"], older, newer)
        lines = said(comparison)
        if not lines:
            st.markdown(_("Nothing differs between these two."))
        st.markdown("\n".join(f"- {line}" for line in lines[:MOST]))
        if len(lines) > MOST:
            st.caption(_("… and {count} more.", count=len(lines) - MOST))


def said(comparison: Comparison) -> list[str]:
    """Differences as lines of Markdown, texts from people escaped."""
    lines = [_line(one) for one in comparison.differences]
    if comparison.codings:
        lines.append(
            ngettext("{count} coding got another code.", "{count} codings got another code.", comparison.codings)
        )
    if comparison.gone:
        lines.append(
            ngettext(
                "{count} coding became one with another.", "{count} codings became one with others.", comparison.gone
            )
        )
    return lines


def _line(one: Difference) -> str:
    name = f"**{plain(_of(one.name))}**"
    if one.part != "code":
        return _line_of_section(one, name)
    if one.kind == "changed":
        before, after = (_value(one.field, text) for text in (one.before, one.after))
        return f"{name} · {field_name(one.field)}: {_from_to(before, after)}"
    if one.kind == "moved":
        return _("{code} moved from {before} to {after}", code=name, before=plain(_of(one.before)),
                 after=plain(_of(one.after)))  # fmt: skip
    if one.kind == "merged":
        return _("{code} was merged into {after}", code=name, after=plain(_of(one.after)))
    return {
        "added": _("{code} was added"), "removed": _("{code} was taken back"),
        "retired": _("{code} was taken out of use"), "brought_back": _("{code} was brought back into use"),
        "reordered": _("The order of codes was changed"),
    }[one.kind].format(code=name)  # fmt: skip


def _line_of_section(one: Difference, name: str) -> str:
    part = section_name(one.part)
    if one.kind == "reordered":
        return _("{part}: the order was changed", part=part)
    if one.kind == "changed":
        return f"{part} · {name}: {_from_to(str(one.before), str(one.after))}"
    words = {"added": _("{part}: {name} was added"), "removed": _("{part}: {name} was removed")}
    return words[one.kind].format(part=part, name=name)


def _from_to(before: str, after: str) -> str:
    return f"{_quoted(before)} → {_quoted(after)}"


def _quoted(text: str) -> str:
    if not text:
        return f"*{_('nothing')}*"
    return f"“{plain(text if len(text) <= LONGEST else text[:LONGEST] + ' …')}”"


def _value(field: str, text: str | tuple[str, str]) -> str:
    return polarity_names().get(str(text), str(text)) if field == "polarity" else str(text)


def _of(pair: str | tuple[str, str]) -> str:
    return pair if isinstance(pair, str) else pair[1 if current() == "ru" else 0]
