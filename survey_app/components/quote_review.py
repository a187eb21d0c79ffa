"""Release quotes one by one: a list to look through, one quote with everything that could betray its speaker."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from coding.frames import Frames
from survey_app import session
from survey_app.actions.quotes import answered_quotes, decide_quote, small_cells
from survey_app.actions.results import frames_of, layers
from survey_app.components.deidentify_reading import labelled
from survey_app.components.empty import empty_state
from survey_app.components.expert_list import consent_names
from survey_app.components.paging import page_buttons, page_number
from survey_app.components.plain import plain
from survey_app.components.quote_answer import expert_says, quote_withdrawal
from survey_app.components.telling import telling_problems
from survey_app.language import _, label, ngettext, translate
from survey_app.publishing.gate import CONSENTING
from survey_app.publishing.names import names_within
from survey_app.publishing.small_cells import SmallCell, SmallCells, inferences
from survey_app.store import experts
from survey_app.store.log import Row

PAGE = 12
ORIGINAL = "quotes-original"


@dataclass(frozen=True, slots=True)
class _Labels:
    """What the keys of a quote are called, whose names must not stand in it, and which cells hold few experts."""

    codes: dict[str, str]
    groups: dict[str, str]
    names: list[str]
    frames: Frames
    small: SmallCells


def quote_review(study: Row) -> None:
    """Filters, then a page of quotes with their decisions."""
    frames = frames_of(session.store(), study["id"])
    found = answered_quotes(session.store(), study, layers(frames)[0])
    if not found:
        empty_state(
            "format_quote", _("Nothing to quote yet"),
            _("Statements of experts stand here once they are coded."),
            page="pages/desk.py", label=_("Coding desk"),
        )  # fmt: skip
        return
    with session.store().reading() as connection:
        names = experts.names(connection, study["id"])
    labels = _Labels(
        {row["code_id"]: label(row) for row in frames.codes.to_dict("records")},
        {row["group_id"]: label(row) for row in frames.groups.to_dict("records")}, names, frames,
        small_cells(session.store(), study),
    )  # fmt: skip
    _summary(found)
    if any(row["cuts"] for row in found):
        st.toggle(_("Show what was said where labels stand"), key=ORIGINAL)
    shown = _chosen(found, labels)
    if not shown:
        st.info(_("No quote fits these choices."), icon=":material/info:")
        return
    pages = (len(shown) + PAGE - 1) // PAGE
    number = page_number(pages, "quotes-page")
    page_buttons(pages, "quotes-page", "above")
    for row in shown[(number - 1) * PAGE : number * PAGE]:
        _one_quote(study, row, labels)
    page_buttons(pages, "quotes-page", "below")


def _summary(found: list[Row]) -> None:
    allowed = sum(row["consent"] in CONSENTING for row in found)
    released = sum(row["decision"] == "released" for row in found)
    facts = [
        ngettext("{count} coded statement", "{count} coded statements", len(found)),
        ngettext("{count} may be quoted", "{count} may be quoted", allowed),
        ngettext("{count} released", "{count} released", released),
    ]
    st.caption(" · ".join(facts))


def _chosen(found: list[Row], labels: _Labels) -> list[Row]:
    """The quotes that fit the filters; undecided ones only where the expert may be quoted."""
    names = {"open": _("undecided"), "released": _("released"), "withheld": _("withheld"), "all": _("all")}
    state = st.segmented_control(
        _("Show"), list(names), default="open", required=True, key="quotes-shown", format_func=names.__getitem__,
        label_visibility="collapsed",
    )  # fmt: skip
    left, right = st.columns(2)
    used = [key for key in labels.codes if any(key in row["codes"] for row in found)]
    code = left.selectbox(
        _("With the code"), ["", *used], format_func=lambda name: labels.codes[name] if name else _("all codes")
    )
    group = right.selectbox(
        _("Stakeholder group"), ["", *labels.groups],
        format_func=lambda name: labels.groups[name] if name else _("all groups"),
    )  # fmt: skip
    return [
        row
        for row in found
        if (state == "all" or (row["decision"] or "open") == state)
        and (not code or code in row["codes"])
        and (not group or row["group_id"] == group)
        and (state != "open" or row["consent"] in CONSENTING)
    ]


def _one_quote(study: Row, row: Row, labels: _Labels) -> None:
    betraying = names_within(row["text"], labels.names)
    with st.container(border=True):
        words, right = st.columns([3, 1], vertical_alignment="center", gap="medium")
        words.markdown(_marked(row["text"], betraying) if betraying else _labelled(row))
        if row["cuts"] and st.session_state.get(ORIGINAL):
            words.caption(_("Said: {words}", words=plain(row["said"])))
        codes = [labels.codes[key] for key in row["codes"] if key in labels.codes]
        facts = [labels.groups.get(row["group_id"], ""), row["expert_id"], row["label"], *codes]
        words.caption(plain(" · ".join(fact for fact in facts if fact)))
        if betraying:
            words.warning(
                plain(
                    _(
                        "A name of the roster stands in this quote: {names}. Mark it on the page “De-identification”, "
                        "even if the word means something else here.",
                        names=", ".join(betraying),
                    )
                ),
                icon=":material/person_alert:",
            )  # fmt: skip
        if row["held_back"]:
            words.info(
                _("This quote was released; since then a label in it gave way to what was said. It is held back until "
                  "you decide again."),
                icon=":material/front_hand:",
            )  # fmt: skip
        small = labels.small.behind(row["expert_id"], row["codes"]) if row["consent"] in CONSENTING else []
        with words:
            expert_says(row)
            seen = _inferred(labels, row, small)
        with right, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
            _decision(study, row, bool(betraying), seen=seen, small=small)
            quote_withdrawal(study, row)


def _inferred(labels: _Labels, row: Row, small: list[SmallCell]) -> bool:
    """What readers could infer of a quote behind a cell of one or two; returns whether the person has seen it."""
    if not small:
        return False
    with st.expander(_("What a reader could infer"), icon=":material/visibility:", expanded=not row["decision"]):
        for each in inferences(labels.frames, small, row["statement_id"], row["expert_id"]):
            st.markdown(f"- {plain(translate(each))}")
        if row["decision"] == "released" and not row["seen"].issuperset(each.as_seen for each in small):
            st.caption(_("The numbers have changed since this was released: it is left out until it is released anew."))
        return not row["decision"] and st.checkbox(
            _("I have seen this, and the quote may go out"), key=f"seen-{row['statement_id']}"
        )


def _decision(study: Row, row: Row, betraying: bool, *, seen: bool, small: list[SmallCell]) -> None:
    """What was decided and the way back; or what can be decided."""
    if row["standing"].hindrance == "withdrawn":
        return
    if row["consent"] not in CONSENTING:
        st.caption(_("Consent to be quoted: {consent}", consent=consent_names()[row["consent"]]))
    elif row["decision"]:
        released = row["decision"] == "released"
        st.badge(
            _("Released") if released else _("Withheld"), color="blue" if released else "gray",
            icon=":material/check:" if released else ":material/block:",
        )  # fmt: skip
        _button(study, row, "", _("Take back"), ":material/undo:", kind="tertiary")
    else:
        _button(
            study,
            row,
            "released",
            _("Release"),
            ":material/check:",
            disabled=betraying or (bool(small) and not seen),
            seen=small,
        )
        _button(study, row, "withheld", _("Withhold"), ":material/block:", kind="tertiary")


def _button(
    study: Row,
    row: Row,
    decision: str,
    text: str,
    icon: str,
    *,
    kind: str = "secondary",
    disabled: bool = False,
    seen: Sequence[SmallCell] = (),
) -> None:
    if st.button(
        text, key=f"{decision or 'take back'}-{row['statement_id']}", icon=icon, type=kind, disabled=disabled,  # type: ignore[arg-type]
    ):  # fmt: skip
        with telling_problems():
            decide_quote(
                session.store(), session.current_person(study), study, row["statement_id"], decision,
                seen=[each.as_seen for each in seen],
            )  # fmt: skip
            st.rerun()


def _labelled(row: Row) -> str:
    """The words as they will appear, labels on a violet ground."""
    return labelled(row["text"], [(here, after) for _start, _end, here, after in row["cuts"]])


def _marked(text: str, betraying: list[str]) -> str:
    """The words as Markdown that reads no markup of their own, names on an orange ground."""
    if not betraying:
        return plain(text)
    pattern = re.compile(rf"\b({'|'.join(re.escape(name) for name in betraying)})\b")
    pieces = pattern.split(" ".join(text.split()))
    return "".join(
        f":orange-background[{plain(piece)}]" if at % 2 else _plain_piece(piece) for at, piece in enumerate(pieces)
    )


def _plain_piece(piece: str) -> str:
    """As `plain`, but with the spaces at either end, which separate it from the next."""
    lead = " " if piece[:1].isspace() else ""
    trail = " " if piece[-1:].isspace() and piece.strip() else ""
    return f"{lead}{plain(piece)}{trail}"
