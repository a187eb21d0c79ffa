"""This study beside another one with the same codes: an earlier wave, another country, another panel."""

from dataclasses import replace

import streamlit as st

from coding.codings import choose_layer
from coding.segments import by_groups
from coding.waves import UnlikeWaves, Wave, side_by_side
from survey_app import session
from survey_app.actions.results import frames_of, stamp_of
from survey_app.components.filters import Choice, addressed_select, layer_name, only_groups
from survey_app.components.hidden_texts import say_what_is_hidden
from survey_app.components.plain import plain
from survey_app.components.section import choose_root, rows_of, section, words_of_code
from survey_app.language import _, translate
from survey_app.store.log import Row
from survey_app.views import compare_segments
from survey_app.views.code_rows import roots


def other_studies(choice: Choice) -> dict[str, Row]:
    """The other studies that whoever is here may read, by their address."""
    return {row["slug"]: row for row in session.studies_here() if row["id"] != choice.study_id}


@st.fragment
def laying_beside(choice: Choice) -> None:
    """Codes of two studies, each with its own number of experts."""
    view, others = compare_segments, other_studies(choice)
    here = next((row for row in session.studies_here() if row["id"] == choice.study_id), None)
    if not others or here is None:
        return
    st.header(_("How do two waves differ?"), anchor=False)
    left, right = st.columns(2)
    with left:
        slug = addressed_select("beside", _("Beside"), list(others), lambda key: session.title_of(others[key]))
    stamp = stamp_of(session.store(), others[slug]["id"])
    if not _told_of(choice, others[slug]):
        return
    try:
        joined = _joined((*choice.stamp, *stamp), here, others[slug], choice)
    except UnlikeWaves as problem:
        st.info(translate(problem.message))
        return
    with right:
        root = choose_root("waves-of", choice, roots(joined.frames))
    rows = rows_of(
        "waves", joined, root,
        make=lambda: view.prepare(
            joined.frames, joined.segmentation, here["slug"], slug, root=root, **joined.counted_by
        ),
    )  # fmt: skip
    section("waves", view, joined, rows, root)
    st.caption(
        _(
            "Codes are matched by their keys. Experts of both studies are counted apart, also whoever took part in "
            "both: two panels are no random samples, so read differences as what was said and not as a trend."
        )
    )
    words_of_code("waves", joined, rows)


def _told_of(choice: Choice, other: Row) -> bool:
    """Say what the other study lacks; whether there is something to compare."""
    frames = only_groups(frames_of(session.store(), other["id"]), choice.chosen)
    if frames.experts.empty:
        st.info(_("None of these groups took part in “{study}”.", study=plain(session.title_of(other))))
        return False
    if choose_layer(frames.codings, choice.layer.layer, choice.layer.coder_id).empty:
        st.info(
            _(
                "“{study}” has no codings of this kind ({codings}) that you may see. Choose others above.",
                study=plain(session.title_of(other)), codings=layer_name(choice.layer),
            )
        )  # fmt: skip
        return False
    say_what_is_hidden(other, choice.layer)
    return True


@st.cache_resource(max_entries=8, show_spinner=False)
def _joined(stamp: tuple[object, ...], _here: Row, _other: Row, _choice: Choice) -> Choice:
    """Both studies as one choice, whose groups are the studies."""
    there = only_groups(frames_of(session.store(), _other["id"]), _choice.chosen)
    waves = [Wave(row["slug"], *_titles(row), frames) for row, frames in ((_here, _choice.frames), (_other, there))]
    if {waves[0].label_en, waves[0].label_ru} & {waves[1].label_en, waves[1].label_ru}:
        named = ((each, f" ({each.key})") for each in waves)
        waves = [Wave(each.key, each.label_en + by, each.label_ru + by, each.frames) for each, by in named]
    frames = side_by_side(waves)
    return replace(_choice, frames=frames, segmentation=by_groups(frames.groups), stamp=(*stamp, "waves"))


def _titles(study: Row) -> tuple[str, str]:
    """In English and Russian; one stands for both where it is alone."""
    return study["title_en"] or study["title_ru"], study["title_ru"] or study["title_en"]
