"""The runs of a study on screen: their list, what became of topics from one to another, and the record of one."""

import pandas as pd
import streamlit as st

from coding.topics.matching import Comparison, compare
from survey_app import jobs, session
from survey_app.actions.results import topics_frame, waiting_runs
from survey_app.actions.topics import job_key, run_again, same_data, topic_runs
from survey_app.components.moments import moment
from survey_app.components.plain import plain
from survey_app.components.tables import table_height
from survey_app.components.take_along import table_alone
from survey_app.components.topic_card import name_of
from survey_app.components.topic_list import run_name
from survey_app.language import _, ngettext, two_decimals
from survey_app.store.log import Row
from survey_app.store.team import Role
from survey_app.views import style


def show_runs(study: Row, run: Row) -> None:
    """Below the topics of the run that is shown."""
    runs = topic_runs(session.store(), study["id"])
    st.subheader(_("Runs"), anchor=False)
    st.dataframe(
        pd.DataFrame(
            [
                {_("When"): moment(row["created_at"]), _("Model"): row["model"], _("Random seed"): row["seed"],
                 _("Statements"): row["n"], _("Topics"): row["topics"]}
                for row in runs
            ]
        ),
        hide_index=True, height=table_height(len(runs), 240),
    )  # fmt: skip
    if len(runs) > 1:
        with st.expander(_("Compare two runs"), icon=":material/compare_arrows:"):
            _comparison(study, runs, run)
    with st.expander(_("Record of this run"), icon=":material/receipt_long:"):
        _record(study, run)


def say_what_waits(study: Row) -> bool:
    """One sentence where there are runs that the person before this tab may not read yet; whether there are."""
    waiting = waiting_runs(session.store(), study["id"])
    if waiting:
        st.info(
            ngettext(
                "{count} run grew around codings that are hidden from you for now. It waits here until the comparison "
                "of these texts is open.",
                "{count} runs grew around codings that are hidden from you for now. They wait here until the "
                "comparison of these texts is open.",
                waiting,
            ),
            icon=":material/visibility_off:",
        )
    return waiting > 0


def _comparison(study: Row, runs: list[Row], run: Row) -> None:
    names = {row["id"]: run_name(row) for row in runs}
    ids = list(names)
    here = ids.index(run["id"])
    left, right = st.columns(2)
    before = left.selectbox(
        _("Topics of this run"), ids, here + 1 if here + 1 < len(ids) else here - 1, format_func=names.__getitem__,
        key=f"before-{run['id']}",
    )  # fmt: skip
    now = right.selectbox(
        _("became those of this one"), ids, here, format_func=names.__getitem__, key=f"now-{run['id']}"
    )
    if before == now:
        st.info(_("Choose two different runs."), icon=":material/info:")
        return
    one, other = (_result(study, each) for each in (before, now))
    found = compare(one, other)
    st.markdown(_told(found, len(one["topics"])))
    if not found.statements:
        return
    rows = _became(found, one["topics"], other["topics"])
    table_alone(
        "runs-compared", pd.DataFrame(rows), row_height=66, height=table_height(len(rows), 620, 66),
        column_config={_("Became"): st.column_config.TextColumn(width="large")},
    )  # fmt: skip
    new = [name_of(topic) for place, topic in enumerate(other["topics"]) if _is_new(found, place)]
    if new:
        st.markdown(f"{_('Topics that no earlier one is the same as:')} {plain('; '.join(new))}")


def _result(study: Row, run_id: str) -> Row:
    run, _assigned = topics_frame(session.store(), study["id"], run_id)
    return run["result"] if run else {"topics": [], "assignments": []}


def _told(found: Comparison, topics: int) -> str:
    """The sentence that comes first."""
    if not found.statements:
        return _("The two runs have no statement in common.")
    same = ngettext(
        "{same} of {count} topic is found again.", "{same} of {count} topics are found again.", topics,
        same=len(found.pairs),
    )  # fmt: skip
    over = ngettext(
        "{count} statement is placed by both runs", "{count} statements are placed by both runs", found.statements
    )
    if found.nmi is None or found.ari is None:
        return f"**{same}** {over}."
    agree = _(
        "they agree by {ari} (adjusted Rand index: 1 the same topics, 0 chance) and {nmi} (mutual information)",
        ari=two_decimals(found.ari), nmi=two_decimals(found.nmi),
    )  # fmt: skip
    return f"**{same}** {over}; {agree}."


def _became(found: Comparison, one: list[Row], other: list[Row]) -> list[Row]:
    """A row for each topic of the earlier run: where its statements are now, most of them first."""
    pairs = dict(found.pairs)
    rows = []
    for a, topic in enumerate(one):
        joined = [b for b, parts in found.merges.items() if a in parts]
        into = {pairs[a]} if a in pairs else set()
        into |= {*found.splits.get(a, ()), *joined}
        shared = found.shared[a]
        listed = sorted(into, key=lambda b: (-int(shared[b]), b))
        how = [
            *([_("split")] if a in found.splits else []),
            *([_("merged")] if joined else []),
        ] or [_("the same") if a in pairs else _("scattered")]
        rows.append(
            {
                _("Topic"): name_of(topic), _("Statements"): int(shared.sum()), _("How"): ", ".join(how),
                _("Became"): "; ".join(
                    f"{name_of(other[b])} ({style.k_of_n(int(shared[b]), int(shared.sum()))})" for b in listed
                ) or "–",
            }
        )  # fmt: skip
    return rows


def _is_new(found: Comparison, place: int) -> bool:
    known = {b for _a, b in found.pairs} | set(found.merges)
    return place not in known and not any(place in parts for parts in found.splits.values())


def _record(study: Row, run: Row) -> None:
    """What another run needs in order to give the same, and whether it would be given the same data."""
    researcher = session.may(Role.RESEARCHER)
    record = run["result"].get("record") or {}
    if not record:
        st.markdown(_("An earlier version has kept no record of this run."))
    elif researcher:
        if same_data(session.store(), study, run):
            st.success(_("The data have not changed since: run again, it gives the same topics on this machine."),
                       icon=":material/check:")  # fmt: skip
        else:
            st.info(_("The data have changed since: statements, speakers or groups. Run again, it may find others."),
                    icon=":material/info:")  # fmt: skip
    for title, value in _lines(run, record):
        st.markdown(f"- **{title}**: {plain(value)}")
    if researcher:
        st.button(
            _("Run again with these settings"), icon=":material/replay:", on_click=run_again,
            args=(session.store(), session.current_person(study), study, run),
            disabled=jobs.state(job_key(study)).under_way,
        )  # fmt: skip


def _lines(run: Row, record: Row) -> list[tuple[str, str]]:
    lines = [
        (_("Model"), run["model"]), (_("Fingerprint of the model"), run["result"].get("fingerprint", "") or "–"),
        (_("Random seed"), str(run["seed"])),
    ]  # fmt: skip
    if not record:
        return lines
    words = record.get("words", {})
    own = [*words.get("stop_words", []), *words.get("left_out", [])]
    wished = record.get("n_topics")
    return [
        (_("Data (SHA-256)"), record.get("data", "–")),
        *lines,
        (_("Number of topics asked for"), str(wished) if wished else _("a proposal")),
        (_("Codes in use then"), str(record.get("codes", "–"))),
        (_("Runs that were compared"), str(record.get("runs", "–"))),
        (_("Words left out"), ", ".join(own) or _("none of one’s own")),
        (_("Names that count as one word"), ", ".join(words.get("joined", [])) or _("none")),
        (_("Words of a phrase, at most"), str(words.get("phrases", "–"))),
        (_("Experts who say a word, at least"), str(words.get("fewest_experts", "–"))),
        (_("Libraries"), ", ".join(f"{name} {version}" for name, version in record.get("libraries", {}).items())),
        (_("Seconds"), style.number(record.get("seconds", 0.0), 1)),
    ]  # fmt: skip
