"""A run of the topic model on the small study of releases: six experts of two groups, seven statements, three topics.

Topic 0 (ferries that are late): A1, A2 and B3; topic 1 (tickets by phone): A1 and B1; topic 2: A3. B2 is left out.
"""

import pandas as pd

TOPIC_OF = {"s1": 0, "s3": 0, "s7": 0, "s2": 1, "s5": 1, "s4": 2, "s6": -1}


def topic(number, size, words, leaves, representative=(), **more):
    return {
        "topic": number, "size": size, "words": list(words), "representative": list(representative),
        "stability": 1.0, "leaves": list(leaves), **more,
    }  # fmt: skip


def result(**changes):
    ids = list(TOPIC_OF)
    return {
        "n": 7, "model": "a model", "seed": 3, "source_kinds": ["session"],
        "topics": [
            topic(0, 3, ["late", "ferry", "monday"], [0, 1], ["s3", "s1"]),
            topic(1, 2, ["phone", "ticket"], [2], ["s2"]),
            topic(2, 1, ["rude", "clerk"], [3], ["s4"], name_en="Manners", name_ru="Манеры"),
        ],
        "assignments": [{"statement_id": each, "topic": TOPIC_OF[each], "probability": 1.0} for each in ids],
        "places": [[-0.5, 0.5], [-0.4, 0.5], [-0.3, 0.4], [0.5, 0.5], [0.6, 0.5], [0.0, -0.5], [0.9, 0.9]],
        "leaves": {
            "of_statement": [0, 1, 1, 2, 2, 3, -1], "merges": [[[0], [1]], [[2], [3]], [[0, 1], [2, 3]]],
            "terms": ["late", "ferry", "monday", "phone", "tickets", "rude", "clerk"], "forms": {"tickets": "ticket"},
            "counts": [[[0, 1], [1, 1]], [[0, 2], [2, 1]], [[3, 2], [4, 1], [6, 1]], [[5, 1], [6, 1]]],
        },
        "quality": {"npmi": None, "diversity": 1.0, "outliers": 0.1, "stability": 1.0}, "notices": [], "levels": [],
    } | changes  # fmt: skip


def assigned(run):
    return pd.DataFrame(run["assignments"], columns=["statement_id", "topic", "probability"])


def old(run):
    """The same as older runs have it: no places, no levels, no leaves."""
    less = {name: value for name, value in run.items() if name not in {"places", "levels", "leaves"}}
    topics = [{name: value for name, value in each.items() if name != "leaves"} for each in run["topics"]]
    return less | {"topics": topics}
