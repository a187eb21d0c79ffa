"""The deposit package: one archive for a repository, with nothing in it that a release would not show.

It asks the same gate as publishing does. The same study makes the same bytes, days aside.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from coding.codebook_file import COLUMNS, codebook_rows, write_codebook
from coding.frame_files import fingerprint
from coding.frames import Frames
from coding.segments import ALL, Segmentation
from survey_app.actions.agreement_files import agreement_csv
from survey_app.actions.agreement_report import NothingToReport, agreement_report
from survey_app.actions.agreement_tables import overall_rows
from survey_app.actions.codebook_files import stored_codebook
from survey_app.actions.expert_codes import ExpertCodes, expert_codes
from survey_app.actions.exporting import as_csv
from survey_app.actions.gate import Own, PublishingRefused, cells_to_publish, gate, need_open_gate
from survey_app.actions.guide import questions_of
from survey_app.actions.guide_files import guide_as_yaml
from survey_app.actions.handed_out import DEPOSIT, hand_out
from survey_app.actions.last_look import need_nobody_named
from survey_app.actions.methods import Methods, methods_of
from survey_app.actions.own_words import judge_own
from survey_app.actions.publishing_plan import Plan, plan_of
from survey_app.actions.released_findings import claims_of_findings
from survey_app.actions.released_quotes import fit_quotes
from survey_app.actions.results import Layer, frames_of, layers
from survey_app.actions.rights import needs
from survey_app.actions.study_card import study_card
from survey_app.actions.timeless_files import timeless, zipped
from survey_app.language import LANGUAGES, _, label, translate, use
from survey_app.language import in_each_language as described
from survey_app.publishing.claimed import kept_with_claims
from survey_app.publishing.deposit import Member, lines_left_out, readme, without_words_of
from survey_app.publishing.gate import ReleasedQuote
from survey_app.publishing.own_words import OwnText, confirmed, unconfirmed
from survey_app.publishing.quotes import published_quotes
from survey_app.publishing.released_cells import as_data, hidden_in
from survey_app.publishing.segments import admitted
from survey_app.publishing.standing import kept_of
from survey_app.questionnaires.instrument import Instrument
from survey_app.questionnaires.writing import to_xlsform, to_yaml
from survey_app.settings import settings
from survey_app.store import experts as expert_rows
from survey_app.store import instruments
from survey_app.store import results as result_rows
from survey_app.store.frames import words_of_withdrawn
from survey_app.store.log import Row, Store, now
from survey_app.store.team import Role
from transcripts.messages import Message

SUFFIX = "-deposit.zip"


@dataclass(frozen=True)
class _Material:
    """What the files of a package are made of; `quotes` are those that may go out."""

    store: Store
    study: Row
    frames: Frames
    plan: Plan
    cells: pd.DataFrame
    layer: Layer
    quotes: list[ReleasedQuote]
    names: list[str]
    experts: ExpertCodes

    @property
    def shown(self) -> tuple[Segmentation, ...]:
        """The groupings of the package, without segments that hold nobody."""
        return tuple(admitted(self.frames.experts, each) for each in self.plan.segmentations)


@needs(Role.RESEARCHER)
def deposit(
    store: Store, study: Row, keys: Sequence[str] = (), *, person: str = "", accepted_words: Collection[str] = (),
    tell: Callable[[Message], None] = lambda notice: None,
) -> tuple[bytes, int]:  # fmt: skip
    """The package as a ZIP archive, and how many files it holds; `keys` name other segmentations than those chosen,
    `accepted_words` words that were confirmed to name nobody. `tell` is given each notice of the gate. What the package
    holds is noted (`handed_out`), since later versions can be laid beside it.
    Raises PublishingRefused where the gate is shut."""
    accepted = frozenset(accepted_words)
    report = gate(store, study, keys, own=Own(accepted=accepted))
    if not report.passed:
        raise PublishingRefused(report.reasons[0], report.reasons, report.doubtful)
    frames = frames_of(store, study["id"])
    layer = layers(frames)[0]
    with store.reading() as connection:
        names = expert_rows.names(connection, study["id"])
        newest = next(iter(result_rows.releases(connection, study["id"])), None)
    plan, cells = plan_of(store, study, keys), cells_to_publish(store, study, keys)
    quotes, _left_out = fit_quotes(store, study, plan, layer)
    experts = expert_codes(store, study, frames, plan, layer, cells=cells, quotes=quotes)
    of = _Material(store, study, frames, plan, cells, layer, quotes, names, experts)
    note = methods_of(
        store, study, plan.segmentations[0], cells=cells, quotes=len(quotes),
        created=newest["created_at"] if newest else now(), version=newest["version"] if newest else 0,
        slug=newest["slug"] if newest and not newest["manifest"].get("elsewhere") else "",
    )  # fmt: skip
    members, beside = _members(of, note, newest)
    notices = _judged(of, members, accepted, report.doubtful)
    for notice in (*report.notices, *notices):
        tell(notice)
    card = study_card(store, study["id"])
    told = readme(lambda: label(study, "title"), note.language, dict(note.cited), card.contact, members, beside)
    files = {"README.md": told.encode()} | {each.name: each.content for each in members}
    need_nobody_named(store, study, files=files, accepted=accepted)
    made = zipped(files), len(files)
    again = partial(need_open_gate, store, study, plan, own=Own(accepted=accepted))
    kept = kept_with_claims(
        kept_of(frames, plan.segmentations, cells, quotes, plan.minimum), claims_of_findings(store, study)
    )  # fmt: skip
    hand_out(store, person, study, DEPOSIT, f"{study['slug']}{SUFFIX}", kept | experts.kept, still=again)
    return made


def _judged(
    of: _Material, members: Sequence[Member], accepted: frozenset[str], before: tuple[str, ...]
) -> list[Message]:  # fmt: skip
    """Names of the roster in what the package alone holds of the researcher's words: guide, questionnaires, codebook.
    Raises PublishingRefused; else what is to be told."""
    texts = [
        OwnText(_("the file {file}", file=each.name), each.content.decode())
        for each in members
        if each.name.startswith(("instrument/", "codebook/")) and each.name.endswith((".yaml", ".csv"))
    ]
    found = judge_own(of.store, of.study, texts)
    reasons = (*found.reasons, *unconfirmed(found, accepted))
    if reasons:
        raise PublishingRefused(reasons[0], reasons, tuple(dict.fromkeys([*before, *found.doubtful])))
    return confirmed(found)


def _members(of: _Material, note: Methods, newest: Row | None) -> tuple[list[Member], dict[str, Sequence[str]]]:
    """The files beside the README, and by language what is to be said of them and of what is missing."""
    codebook, dropped = _codebook(of)
    members = [
        *_instruments(of), *codebook, _quotes(of), _cells(of), *_experts(of), *_agreement(of), *_methods(note),
        *_release(of, newest),
    ]  # fmt: skip
    beside: dict[str, Sequence[str]] = {}
    for language in LANGUAGES:
        with use(language):
            beside[language] = [translate(of.experts.about), *([lines_left_out(dropped)] if dropped else [])]
    return members, beside


def _instruments(of: _Material) -> list[Member]:
    with of.store.reading() as connection:
        asked = instruments.instruments(connection, of.study["id"])
        items = instruments.items(connection, of.study["id"])
        questions = questions_of(connection, of.study["id"])
    found = []
    for row in asked:
        if not row["definition"]:
            continue
        form, name = Instrument.from_json(row["definition"]), f"instrument/questionnaire_{row['key']}"
        found += [
            Member(f"{name}.xlsx", timeless(to_xlsform(form)), described(lambda: _("The questionnaire as an XLSForm"))),
            Member(f"{name}.yaml", to_yaml(form).encode(), described(lambda: _("The same rows as text"))),
        ]
    if items:
        header = ["item", "parent", "section", "type", "label_en", "label_ru", "scale", "code"]
        rows = [
            [row["key"], row["parent_key"], row["section"], row["type"], row["label_en"], row["label_ru"],
             json.dumps(row["scale"], ensure_ascii=False, sort_keys=True) if row["scale"] else "", row["code_key"]]
            for row in items
        ]  # fmt: skip
        about = described(lambda: _("Questions of the questionnaires with their scales, without any answer"))
        found.append(Member("instrument/questionnaire_items.csv", as_csv(header, rows), about, len(rows)))
    if questions:
        about = described(lambda: _("The interview guide"))
        guide = guide_as_yaml(questions).encode()
        found.append(Member("instrument/interview_guide.yaml", guide, about, len(questions)))
    return found


def _codebook(of: _Material) -> tuple[list[Member], int]:
    """Without words of anybody that were not released as they were said: an example is often what somebody said."""
    with of.store.reading() as connection:
        book = stored_codebook(connection, of.study["id"])
    released = {quote.statement_id: quote.text for quote in of.quotes}
    said = of.frames.statements[of.frames.statements["role"].isin(["expert", "unknown"])]
    with of.store.reading() as connection:
        withdrawn = words_of_withdrawn(connection, of.study["id"])
    hidden = [*said.loc[said["statement_id"].map(released) != said["text"], "text"], *withdrawn]
    book, dropped = without_words_of(book, hidden, [quote.text for quote in of.quotes], of.names)
    rows = codebook_rows(book)
    return [
        Member("codebook/codebook.yaml", write_codebook(book).encode(),
               described(lambda: _("The whole codebook: codes, rules, literature"))),
        Member("codebook/codebook.csv", as_csv(list(COLUMNS), rows), described(lambda: _("Its codes, one a row")),
               len(rows)),
    ], dropped  # fmt: skip


def _quotes(of: _Material) -> Member:
    header = ["number", "text", "language", "kind", "own_words", "segment", "codes"]
    hidden = hidden_in(as_data(of.cells, of.shown))
    found = published_quotes(of.frames, of.shown, of.quotes, fewest=of.plan.minimum, hidden=hidden)
    rows = [[*(each[name] for name in header[:-1]), "; ".join(each["codes"])] for each in found]
    about = described(lambda: _("Released quotes with their segment and their codes"))
    return Member("quotes/released_quotes.csv", as_csv(header, rows), about, len(rows))


def _cells(of: _Material) -> Member:
    """Segments by codes, as they are published; a hidden cell keeps its row and loses its numbers."""
    everybody = described(lambda: _("All experts"))
    names = {(each.key, one.key): (one.label_en, one.label_ru) for each in of.shown for one in each.segments} | {
        (each.key, ALL): (everybody["en"], everybody["ru"]) for each in of.shown
    }
    codes = {row["code_id"]: (row["label_en"], row["label_ru"]) for row in of.frames.codes.to_dict("records")}
    header = ["segmentation", "segment", "segment_en", "segment_ru", "code", "code_en", "code_ru", "k", "n",
              "statements"]  # fmt: skip
    rows: list[list[Any]] = []
    for row in of.cells.to_dict("records"):
        numbers = [row["k"], row["n"], row["statements"]] if row["shown"] else ["", row["n"], ""]
        rows.append(
            [row["segmentation"], row["segment"], *names[row["segmentation"], row["segment"]], row["code_id"],
             *codes[row["code_id"]], *(_number(each) for each in numbers)]
        )  # fmt: skip
    about = described(lambda: _("Segments by codes: k of n experts who spoke of the code, and in how many statements"))
    return Member("tables/segments_by_codes.csv", as_csv(header, rows), about, len(rows))


def _experts(of: _Material) -> list[Member]:
    """Experts by codes, where nobody stands alone in it."""
    if not of.experts.content:
        return []
    about = described(
        lambda: _("Experts by codes: 1, 0, or empty; at least so many rows are the same as a segment needs")
    )
    return [Member("tables/experts_by_codes.csv", of.experts.content, about, of.experts.rows)]


def _agreement(of: _Material) -> list[Member]:
    """Nothing where no two coders were compared."""
    try:
        report = agreement_report(of.store, of.study)
    except NothingToReport:
        return []
    with use("en"):
        header, cells = overall_rows(report.agreed)
        overall = [[str(cell) for cell in row] for row in cells]
        hidden = {code for _by, _segment, code in hidden_in(as_data(of.cells, of.shown))}
        by_code = agreement_csv(report, without=hidden)
    return [
        Member("tables/agreement_overall.csv", as_csv(header, overall),
               described(lambda: _("Agreement of coders over whole sets of codes")), len(overall)),
        Member("tables/agreement_by_code.csv", by_code, described(lambda: _("Agreement of coders by code")),
               len(set(report.result.per_code) - hidden)),
    ]  # fmt: skip


def _methods(note: Methods) -> list[Member]:
    found = []
    for name, content in note.files().items():
        cites = not name.startswith("methods")
        about = described(lambda: _("How to cite, for programs")) if cites else described(lambda: _("The methods note"))
        found.append(Member(name if cites else f"methods/{name}", content, about))
    return found


def _release(of: _Material, newest: Row | None) -> list[Member]:
    """The newest release as data, if it lies where it was written, is whole, and holds no quote that was taken back.

    It was made of the same data by the same segments: what differs could be subtracted.
    """
    if newest is None:
        return []
    folder = Path(newest["manifest"].get("elsewhere") or settings().releases_folder)
    file = folder / newest["slug"] / f"v{newest['version']}" / "release.json"
    try:
        content = file.read_bytes()
        told = json.loads(content)
        quoted = {quote["text"] for quote in told["quotes"]}
        made_of = told["data_hash"], told["segmentations"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    same = sha256(content).hexdigest() == newest["manifest"].get("hash")
    now_made_of = fingerprint(of.frames), [each.key for each in of.shown]
    if not same or made_of != now_made_of or not quoted <= {quote.text for quote in of.quotes}:
        return []
    return [Member("release/release.json", content, described(lambda: _("The newest published version, as data")))]


def _number(value: Any) -> Any:
    return "" if pd.isna(value) or value == "" else int(value)
