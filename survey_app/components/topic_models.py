"""Language models on screen: which one suits the study, what is on this machine, downloading, stored vectors."""

import streamlit as st

from coding.topics.models import MANY, KnownModel, ModelState
from survey_app import jobs, session
from survey_app.actions.language_models import (
    DOWNLOAD_KEY,
    ModelsHere,
    cancel_download,
    download_model,
    forget_vectors,
    hub_address,
    look_for_model,
    models_here,
)
from survey_app.components.job_watch import watch
from survey_app.components.plain import plain
from survey_app.components.tables import TALL_ROW, table_height
from survey_app.components.telling import telling_problems
from survey_app.language import _, translate
from survey_app.store.log import Row

MEGABYTE = 1_000_000


def topic_models(study: Row) -> None:
    """The section, closed until somebody asks; open while a download runs or when one has just ended."""
    state = jobs.state(DOWNLOAD_KEY)
    with st.expander(_("Language model"), icon=":material/translate:", expanded=state.status != "none"):
        here = models_here(session.store(), study)
        st.markdown(plain(translate(here.reason)))
        _table(here)
        st.caption(
            _(
                "To use another one that is on this machine, write its name or folder into the field “Language model” "
                "before a run. Any sentence-transformers model with its weights as safetensors will do."
            )
        )
        if state.under_way:
            watch(DOWNLOAD_KEY, label=_("Cancel the download"), cancel=lambda: cancel_download(session.store(), study))
        else:
            _ended(state)
            _another(study, here)
        _vectors(study, here.vector_bytes)


def _table(here: ModelsHere) -> None:
    rows = [
        {
            _("Model"): each.name,
            _("Languages"): _languages(each),
            _("Size"): _size(each, state),
            _("On this machine"): _("yes") if state.here else _("no"),
            _("For this study"): _("chosen") if each.name == here.chosen else "",
            _("What it is good for"): translate(each.note),
        }
        for each, state in here.known
    ]
    st.dataframe(
        rows, hide_index=True, row_height=TALL_ROW, height=table_height(len(rows), 420, TALL_ROW),
        column_config={
            _("Model"): st.column_config.TextColumn(width=170),
            _("Languages"): st.column_config.TextColumn(width=110),
            _("Size"): st.column_config.TextColumn(width=80),
            _("On this machine"): st.column_config.TextColumn(width=80),
            _("For this study"): st.column_config.TextColumn(width=80),
            _("What it is good for"): st.column_config.TextColumn(width=310),
        },
    )  # fmt: skip


def _languages(model: KnownModel) -> str:
    names = {
        "en": _("English"),
        "ru": _("Russian"),
        MANY: _("many, with English and Russian"),
        "other": _("any, by spelling"),
    }
    return ", ".join(names[each] for each in model.languages)


def _size(model: KnownModel, state: ModelState) -> str:
    if state.here and state.folder is not None and state.size is not None:
        return _megabytes(state.size)
    if not model.megabytes:
        return "–"
    return _("about {number} MB", number=model.megabytes)


def _megabytes(size: int) -> str:
    return _("{number} MB", number=-(-size // MEGABYTE))


def _another(study: Row, here: ModelsHere) -> None:
    """Choose a known model or name one; where it is not here, a button that asks once."""
    missing = {each.name: each for each, state in here.known if not state.here}
    left, right = st.columns(2)
    listed = left.selectbox(
        _("Download a model of the list"), list(missing), index=None, placeholder=_("none"), key="model-listed"
    )
    named = right.text_input(
        _("Another name or a folder"), key="model-named", max_chars=300,
        help=_("A name of the hub, such as owner/model, or a folder of this machine."),
    )  # fmt: skip
    name = (named or "").strip() or listed or ""
    if not name:
        return
    found = look_for_model(session.store(), study, name)
    if found.here:
        size = "" if found.size is None else f" ({_megabytes(found.size)})"
        st.success(plain(_("{model} is on this machine.", model=name)) + size, icon=":material/check:")
        return
    with st.popover(_("Download"), icon=":material/download:"):
        row = missing.get(name)
        if row is not None and row.megabytes:
            what = _("About {number} MB will come from {address}.", number=row.megabytes, address=hub_address())
        else:
            what = _(
                "{model} will come from {address}, which tells its size only then; it does not begin if the disk is "
                "too small.",
                model=name, address=hub_address(),
            )  # fmt: skip
        st.markdown(plain(what))
        st.markdown(
            _(
                "Only the name of the model leaves this machine, none of your texts. Topics that are started meanwhile "
                "wait."
            )
        )
        if st.button(_("Download it now"), type="primary", key="model-download"):
            with telling_problems():
                download_model(session.store(), study, name)
                st.rerun()


def _ended(state: jobs.JobState) -> None:
    if state.status == "done":
        name, size = state.result["name"], state.result["bytes"]
        st.success(
            plain(_("{model} has been downloaded: {size}.", model=name, size=_megabytes(size))),
            icon=":material/check:",
        )
    elif state.status == "failed" and state.message:
        st.warning(plain(translate(state.message)), icon=":material/info:")
    elif state.status == "cancelled":
        st.info(_("The download was cancelled. Started again, it goes on where it stopped."), icon=":material/info:")


def _vectors(study: Row, size: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            _(
                "What models have read is kept as vectors, so that nothing is read twice: {size}.",
                size=_megabytes(size),
            ),
            width="stretch",
        )
        st.button(
            _("Empty"), key="forget-vectors", disabled=not size, on_click=forget_vectors,
            args=(session.store(), study),
            help=_("The vectors of all studies on this machine go. They are made again when they are needed."),
        )  # fmt: skip
