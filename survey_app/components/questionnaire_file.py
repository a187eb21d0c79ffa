"""The file of a questionnaire: what platform it comes from, the definition beside it, the mapping kept for it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import streamlit as st

from survey_app import session
from survey_app.actions.mapping_profiles import Profile, mapping_profiles
from survey_app.actions.survey_files import study_guide
from survey_app.components.plain import plain
from survey_app.components.questionnaire_draft import DEFINITION, GUIDE, PLATFORM, Draft, draft_of
from survey_app.components.questionnaire_profiles import choose_profile, manage_profiles, say_applied
from survey_app.components.telling import show_messages
from survey_app.language import _, language_name, ngettext
from survey_app.questionnaires.columns import propose_columns
from survey_app.questionnaires.defining import unknown_to, with_definition
from survey_app.questionnaires.definitions import LIMITS as DEFINITION_LIMITS
from survey_app.questionnaires.definitions import definitions, read_definition
from survey_app.questionnaires.export import Export
from survey_app.questionnaires.profiles import Applied, apply
from survey_app.questionnaires.readers import LIMITS, readers
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.respondents import propose_respondent_column
from survey_app.settings import settings
from survey_app.store.log import Row
from transcripts.people import KnownPerson

STORED = "questionnaires stored"
"""Counts what this tab has stored: the uploaders are emptied after each."""


def bring_file(study: Row) -> tuple[Any, Any]:
    """The uploaded answers and the uploaded definition; None where there is none."""
    times = st.session_state.get(STORED, 0)
    limit = min(LIMITS.file // 1_000_000, settings().upload_megabytes)
    dropped = st.file_uploader(
        _("Questionnaire"), label_visibility="collapsed", key=f"questionnaire-{study['id']}-{times}",
        max_upload_size=limit,
    )  # fmt: skip
    st.caption(
        _(
            "Answers as a platform exports them, one row a respondent, at most {rows} rows and {limit} MB. Nothing is "
            "stored before the last step.", rows=LIMITS.rows, limit=limit,
        )
    )  # fmt: skip
    if dropped is None:
        platforms = sorted({each.platform for each in readers() if each.platform})
        if platforms:
            st.caption(_("Recognised by itself: {platforms}.", platforms=plain(", ".join(platforms))))
        return None, None
    definition = None
    if definitions():
        definition = st.file_uploader(
            _("Definition of the questionnaire, if you have it ({kinds})",
              kinds=", ".join(sorted(each.platform for each in definitions()))),
            key=f"definition-{study['id']}-{times}", max_upload_size=DEFINITION_LIMITS.file // 1_000_000,
            help=_("What was asked, in which order, with which options. It always wins over what is recognised."),
        )  # fmt: skip
    return dropped, definition


def make_draft(study: Row, dropped: Any, definition: Any, people: list[KnownPerson]) -> Draft:
    """The upload with what is proposed for it. Raises UnreadableTable."""
    bare = draft_of("bare", (study["id"], dropped.file_id, definition and definition.file_id),
                    lambda: _read(dropped, definition, people))  # fmt: skip
    profiles = mapping_profiles(session.store(), study["id"])
    show_messages((*bare.export.table.warnings, *bare.told))
    _say_recognised(bare, definition is not None)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        profile = choose_profile(profiles, bare.export.table, dropped.file_id)
        manage_profiles(study, profiles)
    if profile is None:
        return bare
    applied = apply(profile.mapped, bare.proposed)
    say_applied(profile, applied)
    return draft_of("mapped", (bare.id, profile.id, profile.created_at, profile.mapped.to_json()),
                    lambda: _with_profile(bare, profile, applied))  # fmt: skip


def language_to_keep(study: Row, draft: Draft, bilingual: bool) -> str:
    """Of answers in two languages, the half that is kept; the study's own unless the person says otherwise."""
    here = str(study["language"])
    if not bilingual:
        return here
    other = "ru" if here == "en" else "en"
    names = {here: language_name(here), other: language_name(other), "": _("both")}
    found = st.segmented_control(
        _("Open answers stand in two languages. Keep:"), list(names), default=here, required=True,
        format_func=lambda language: names[language], key=draft.key("halves"),
    )  # fmt: skip
    return here if found is None else str(found)


def _read(dropped: Any, definition: Any, people: list[KnownPerson]) -> Draft:
    export = read_questionnaire(dropped.name, dropped.getvalue())
    likely = propose_respondent_column(export.table, people, export)
    told = export
    instrument = read_definition(definition.name, definition.getvalue()) if definition is not None else None
    if instrument is not None:
        told = with_definition(export, instrument)
    columns = propose_columns(told, study_guide())
    mark = f"{dropped.file_id}-{definition.file_id if definition else ''}"
    if instrument is None:
        return Draft(mark, export, columns, likely)
    return Draft(mark, export, columns, likely, unknown=unknown_to(told), told=instrument.warnings)


def _with_profile(bare: Draft, profile: Profile, applied: Applied) -> Draft:
    known = profile.mapped.respondent
    return Draft(
        f"{bare.id}-{profile.id}", bare.export, applied.columns, known if known in bare.export.table.columns
        else bare.likely, from_profile=applied.taken, profile=profile.name, unknown=bare.unknown,
    )  # fmt: skip


def _say_recognised(draft: Draft, with_definition: bool) -> None:
    """Which platform, how large, and what the types rest on."""
    export: Export = draft.export
    columns = len(export.table.columns)
    facts = [
        _("Recognised: {platform}", platform=plain(export.platform)) if export.platform
        else _("A table of no platform that is known here"),
        ngettext("{count} row", "{count} rows", len(export.table.rows)),
        ngettext("{count} column", "{count} columns", columns),
    ]  # fmt: skip
    proposed = Counter(draft.source_proposed(place) for place in range(columns))
    guide, platform, definition = (proposed[source] for source in (GUIDE, PLATFORM, DEFINITION))
    told = [
        ngettext("the definition knows {count} column", "the definition knows {count} columns", definition),
        ngettext("the interview guide knows {count} column", "the interview guide knows {count} columns", guide),
        ngettext("the platform describes {count} column", "the platform describes {count} columns", platform),
    ]
    known = [text for text, count in zip(told, (definition, guide, platform), strict=True) if count]
    st.success(" · ".join([*facts, *known]), icon=":material/fact_check:")
    if with_definition and draft.unknown:
        listed = ", ".join(f"“{plain(' '.join(name.split())[:60])}”" for name in draft.unknown[:6])
        st.info(
            ngettext(
                "The definition does not know {count} column: {columns}. It is proposed as recognised.",
                "The definition does not know {count} columns: {columns}. They are proposed as recognised.",
                len(draft.unknown), columns=listed + (", …" if len(draft.unknown) > 6 else ""),
            ),
            icon=":material/info:",
        )  # fmt: skip
