"""From the files to the page: whatever a release and a deposit package hold, nobody's name, no unreleased sentence and
no hidden number is among it. On the demo in both languages, and on a real consultation where its files are here."""

import json
import random
import re
from io import BytesIO
from zipfile import ZipFile

import numpy as np
import pytest

from coding.recovering import recoverable
from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.deidentifying import decide_pseudonyms
from survey_app.actions.depositing import deposit
from survey_app.actions.gate import PublishingRefused
from survey_app.actions.identifying import look_through, texts_to_look_through
from survey_app.actions.people import confirm_speakers, set_consent
from survey_app.actions.publishing import publish
from survey_app.actions.publishing_plan import choose_plan, plan_of
from survey_app.actions.quotes import cells_behind, decide_quote, quotable
from survey_app.actions.results import Layer, frames_of, layers
from survey_app.actions.review_queue import review_queue, suggestions
from survey_app.actions.reviewing import finish_review
from survey_app.actions.studies import create_study, need_study
from survey_app.publishing.cells import counts_of, places_of, said_of_codes
from survey_app.publishing.names import names_within
from survey_app.store import codes as code_rows
from survey_app.store import experts, schema, sources, studies
from tests.survey_app.actions.test_groups import CONSULTATION, bring_roster

NEEDS_FILES = pytest.mark.skipif(
    not CONSULTATION.is_dir(), reason="the consultation's files are not beside the project"
)
LONG = 5
"""Words from which a sentence is nobody else's."""


@pytest.fixture
def consultation(fresh_store):
    """A consultation of thirty speakers, coded at random, everybody consenting, looked through as proposed."""
    study = create_study(fresh_store, "A", title_en="Private vehicles", slug="vehicles")
    bring_roster(fresh_store, study, (CONSULTATION / "uberX_participants.csv").read_bytes())
    file = next(CONSULTATION.glob("2015-08-27-uberX*.md"))
    source = bring_in_file(
        fresh_store, "A", study, recognise_file(fresh_store, study["id"], file.name, file.read_bytes())
    )
    with fresh_store.reading() as connection:
        people = {row["id"]: row for row in experts.experts(connection, study["id"])}
        speakers = sources.speakers(connection, study["id"])
    confirm_speakers(
        fresh_store, "A", study["id"],
        [{"id": row["id"], "display_name": row["display_name"], "role": row["role"],
          "expert_key": people[row["expert_id"]]["key"] if row["expert_id"] else ""} for row in speakers],
    )  # fmt: skip
    set_consent(fresh_store, "A", study["id"], dict.fromkeys(people, "yes"))
    drawn = random.Random(0)
    with fresh_store.change(study["id"], "A", "import_codings") as change:
        codes = [row["id"] for row in code_rows.codes(change.connection, study["id"]) if row["parent_id"]]
        coder = studies.coders(change.connection, study["id"])[0]["id"]
        change.insert(
            schema.coding,
            [{"source_id": source, "start": row["start"], "end": row["end"], "code_id": drawn.choice(codes),
              "coder_id": coder} for row in sources.statements(change.connection, source)],
        )  # fmt: skip
    return fresh_store, study


def look_at_everything(store, study):
    texts = texts_to_look_through(store, study["id"])
    look_through(store, "A", study, texts)
    decide_pseudonyms(store, "A", study["id"], suggestions(review_queue(store, study["id"])))
    for source in texts:
        finish_review(store, "A", study["id"], source)


def held(folder, package):
    """Everything that readers get, unpacked, by name."""
    found = {file.name: file.read_bytes() for file in folder.iterdir() if file.suffix not in {".gz", ".woff2"}}
    with ZipFile(BytesIO(package)) as archive:
        found |= {f"deposit/{name}": archive.read(name) for name in archive.namelist()}
    for name in [name for name in found if name.endswith((".docx", ".xlsx"))]:
        with ZipFile(BytesIO(found.pop(name))) as archive:
            found |= {f"{name}/{part}": archive.read(part) for part in archive.namelist() if part.endswith(".xml")}
    return {name: content.decode("utf-8-sig") for name, content in found.items()}


def words_of(text):
    return " ".join(re.findall(r"\w+", text.casefold()))


def betrayed(store, study, files, released):
    """What must be in no file: names of anybody, and sentences of experts that are not among the released quotes."""
    with store.reading() as connection:
        names = experts.names(connection, study["id"])
    told = {name: words_of(content) for name, content in files.items()}
    quoted = words_of(" ".join(released))
    found = []
    for name, content in files.items():
        if not name.endswith((".js", ".css")) or name.startswith("segments"):
            found += [(name, each) for each in names if len(each) > 3 and re.search(rf"\b{re.escape(each)}\b", content)]
    for text in released:
        found += [("quotes", each) for each in names_within(text, names)]
    for row in frames_of(store, study["id"]).statements.to_dict("records"):
        for sentence in re.split(r"(?<=[.!?…])\s+", row["text"]):
            plain = words_of(sentence)
            if plain.count(" ") >= LONG and plain not in quoted:
                found += [(name, sentence) for name, content in told.items() if plain in content]
    return found


def worked_out(store, study, content):
    """How many numbers a release hides, and how many of them follow from what it shows: an exact solver is asked."""
    frames, plan = frames_of(store, study["id"]), plan_of(store, study)
    layer = layers(frames)[0]
    places, member = places_of(frames.experts, plan.segmentations)
    shown = {(cell["segmentation"], cell["segment"], cell["code"]): cell["shown"] for cell in content["cells"]}
    quoted = {quote["text"] for quote in content["quotes"]}
    spoken = [row["statement_id"] for row in quotable(store, study, layer) if row["text"] in quoted]
    said, codes = said_of_codes(frames, layer=layer.layer, coder_id=layer.coder_id)
    sets, row_of = np.unique(member, axis=0, return_inverse=True)
    hidden = np.ones((len(sets), len(codes)), dtype=bool)
    for at, place in zip(row_of, places, strict=True):
        hidden[at] &= [not shown.get((*place, code), False) for code in codes["code_id"]]
    counts = counts_of(said, codes, frames.experts, sets, spoken)
    return int(hidden.sum()), int(recoverable(counts, hidden).sum())


def published(store, study, tmp_path):
    folder = publish(store, "A", study, folder=tmp_path)
    return json.loads((folder / "release.json").read_text("utf-8")), held(folder, deposit(store, study)[0])


@pytest.mark.parametrize("slug", ["demo-en", "demo-ru"])
def test_of_the_demo(store, tmp_path, slug):
    study = need_study(store, slug)
    content, files = published(store, study, tmp_path)
    assert len(content["quotes"]) > 150
    assert betrayed(store, study, files, [quote["text"] for quote in content["quotes"]]) == []
    assert worked_out(store, study, content) == (0, 0)  # all of the demo is released by hand


@pytest.mark.parametrize("slug", ["demo-en", "demo-ru"])
def test_of_the_demo_by_the_stricter_rule(store, tmp_path, slug):
    study = need_study(store, slug)
    choose_plan(store, "A", study["id"], keys=["five_segments"], smallest=3, strict=True)
    content = json.loads((publish(store, "A", study, folder=tmp_path) / "release.json").read_text("utf-8"))
    hidden, known = worked_out(store, study, content)
    assert hidden > 100
    assert known == 0


@NEEDS_FILES
def test_of_a_consultation(consultation, tmp_path):
    store, study = consultation
    choose_plan(store, "A", study["id"], keys=["by_sector"], smallest=3, strict=False)
    layer = layers(frames_of(store, study["id"]))[0]
    rows = quotable(store, study, Layer(layer.layer, layer.coder_id))
    look_at_everything(store, study)
    for row in rows[:40]:
        decide_quote(
            store, "A", study, row["statement_id"], "released", seen=cells_behind(store, study, row["statement_id"])
        )
    content, files = published(store, study, tmp_path)
    assert 5 < len(content["quotes"]) <= 40  # quotes that would betray a hidden number are left out
    assert betrayed(store, study, files, [quote["text"] for quote in content["quotes"]]) == []
    assert any("[" in quote["text"] for quote in content["quotes"])
    hidden, known = worked_out(store, study, content)
    assert hidden > 5
    assert known == 0


@NEEDS_FILES
def test_words_go_out_only_when_their_text_was_looked_through(consultation, tmp_path):
    store, study = consultation
    choose_plan(store, "A", study["id"], keys=["by_sector"], smallest=3, strict=False)
    layer = layers(frames_of(store, study["id"]))[0]
    with store.reading() as connection:
        names = experts.names(connection, study["id"])
    rows = quotable(store, study, Layer(layer.layer, layer.coder_id))
    row = next(each for each in rows if not names_within(each["text"], names))
    decide_quote(
        store, "A", study, row["statement_id"], "released", seen=cells_behind(store, study, row["statement_id"])
    )
    with pytest.raises(PublishingRefused):
        publish(store, "A", study, folder=tmp_path)
    with pytest.raises(PublishingRefused):
        deposit(store, study)
    assert not list(tmp_path.rglob("*.html"))
