"""The demo in the store: what is said of statements besides codes, and what is coded in documents."""

from collections import Counter

import pytest

from coding.counts import expert_statements
from coding.declared import document_counts
from coding.statement_values import chosen_values, valued
from survey_app.actions.agreeing_values import agreement_on_attributes
from survey_app.actions.demo import SLUGS, demo_rows
from survey_app.actions.demo_tables import listed_values
from survey_app.actions.results import frames_of
from survey_app.actions.studies import need_study
from survey_app.store import schema
from survey_app.store.codebooks import codebook_of
from tests.coding.demo_study import EXPECTED, codebook

VALUES = EXPECTED["statement_values"]
FIELDS = ("need", "profile", "digital_attachment", "life_situation")


@pytest.fixture(params=SLUGS.values(), scope="module")
def study(demo_store, request):
    return need_study(demo_store, request.param)


@pytest.fixture
def frames(demo_store, study):
    return frames_of(demo_store, study["id"])


def tally(rows):
    found = rows.groupby("value").agg(statements=("statement_id", "nunique"), experts=("expert_id", "nunique"))
    return found.to_dict("index")


def test_every_value_is_counted_as_expected(frames):
    spoken = set(expert_statements(frames)["label"])
    coded = {row["statement_id"] for row in demo_rows("codings.csv") if row["coder"] == "adjudicated"}
    assert len(spoken) == 280
    labels = dict(zip(frames.statements["statement_id"], frames.statements["label"], strict=True))
    for attribute, expected in VALUES["all"].items():
        rows = valued(frames, attribute)
        assert tally(rows) == expected
        assert tally(rows[rows["statement_id"].map(labels).isin(coded)]) == VALUES["coded"][attribute]
    assert set(frames.values["attribute"]) == set(VALUES["all"])
    assert set(frames.values["coder_id"]) == {"A"}


def test_a_persona_has_four_fields(frames):
    of = {name: chosen_values(frames, name) for name in ("persona", *FIELDS)}
    for persona, expected in EXPECTED["personas"].items():
        described = of["persona"].index[of["persona"] == persona]
        found = {name: dict(Counter(values[values.index.isin(described)])) for name, values in of.items()}
        assert found == {"persona": {persona: expected["statements"]}} | {name: expected[name] for name in FIELDS}


def test_what_was_found_for_open_lists_has_labels_in_the_demo_alone(demo_store, study):
    with demo_store.reading() as connection:
        attributes = {one["key"]: one for one in codebook_of(connection, study["id"])["attributes"]}
    starter = {one.key: one for one in codebook().attributes}
    assert list(attributes) == list(starter)
    assert set(listed_values()) == {key for key, one in starter.items() if not one.values}
    for key, values in VALUES["all"].items():
        listed = {one["key"]: one for one in attributes[key]["values"]}
        assert set(values) <= set(listed)
        assert all(one["label_en"] and one["label_ru"] for one in listed.values())


def test_documents_carry_their_passages_and_their_stage(frames):
    documents = frames.sources[frames.sources["kind"] == "document"]
    assert documents["stage"].tolist() == list(EXPECTED["document_stages"].values())
    coded = frames.codings[frames.codings["source_id"].isin(documents["source_id"])]
    assert Counter(zip(coded["layer"], coded["coder_id"], strict=True)) == {
        ("coder", "A"): 28, ("coder", "B"): 12, ("adjudicated", "A"): 28,
    }  # fmt: skip
    for layer, coder_id in (("adjudicated", None), ("coder", "A")):
        counts = document_counts(frames, layer=layer, coder_id=coder_id).set_index("code_id")
        assert set(counts["n"]) == set(counts["coded"]) == {2}
        assert counts["k"][EXPECTED["codes"]].to_dict() == {
            code: len(found) for code, found in EXPECTED["documents_by_code"].items()
        }


@pytest.mark.parametrize("language", SLUGS)
def test_every_passage_lies_on_its_words(demo_store, language):
    frames = frames_of(demo_store, need_study(demo_store, SLUGS[language])["id"])
    with demo_store.reading() as connection:
        found = connection.execute(schema.source.select().where(schema.source.c.kind == "document"))
        texts = {row.id: row.text for row in found}
    passages = [
        texts[row.source_id][row.start : row.end]
        for row in frames.codings.itertuples(index=False)
        if row.source_id in texts and row.layer == "coder"
    ]
    assert sorted(passages) == sorted(
        " ".join(row["quote"].split())
        for row in demo_rows("documents_codings.csv")
        if row["document"].endswith(f"_{language}.txt")
    )


def test_values_of_one_coder_say_nothing_about_agreement(demo_store, study):
    found = agreement_on_attributes(demo_store, study["id"], resamples=0)
    assert {one.attribute["key"]: one.result.n_units_compared for one in found} == dict.fromkeys(VALUES["all"], 0)
