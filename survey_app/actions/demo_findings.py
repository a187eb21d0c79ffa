"""The findings of the demo study, from `survey_app/starter/demo/findings.yaml`."""

from __future__ import annotations

from typing import Any

import yaml

from coding.claim_form import read_claim
from survey_app.actions.demo_tables import DEMO, PERSON
from survey_app.actions.finding_ties import tie_quote
from survey_app.actions.findings import AGAINST, FOR, add_finding, add_sentence, findings_of
from survey_app.actions.results import frames_of
from survey_app.actions.rights import needs
from survey_app.actions.view_addresses import read_view, write_view
from survey_app.store import schema
from survey_app.store.log import Row, Store
from survey_app.store.team import Role


@needs(Role.RESEARCHER)
def conclude(store: Store, study: Row) -> None:
    """Write the demo's findings, in both languages, with their quotes and charts."""
    statements = frames_of(store, study["id"]).statements
    ids = dict(zip(statements["label"], statements["statement_id"], strict=True))
    for number, parts in enumerate(yaml.safe_load((DEMO / "findings.yaml").read_text("utf-8"))):
        finding_id = ""
        for place, part in enumerate(parts):
            words = {"text_en": part["text"]["en"], "text_ru": part["text"]["ru"], "claim": read_claim(part["claim"])}
            if place:
                add_sentence(store, PERSON, study["id"], finding_id, **words)
            else:
                finding_id = add_finding(store, PERSON, study["id"], **words)
        for sentence, part in zip(findings_of(store, study["id"])[number].sentences, parts, strict=True):
            _tie(store, study, sentence.id, part, ids)


def _tie(store: Store, study: Row, sentence_id: str, part: dict[str, Any], ids: dict[str, str]) -> None:
    for stance in (FOR, AGAINST):
        for name in part[stance]:
            tie_quote(store, PERSON, study["id"], sentence_id, ids[name], stance)
    views = [write_view(view) for view in map(read_view, part["views"]) if view is not None]
    with store.change(study["id"], PERSON, "tie_view") as change:
        change.update(schema.finding_sentence, sentence_id, views=views)
