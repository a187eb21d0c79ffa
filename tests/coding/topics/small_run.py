"""A run of twelve statements in four finest groups, as JSON, small enough to be reckoned by hand."""

GROUPS = ((0, 1), (2, 3))
WORDS = {0: ["register"], 1: ["portal"], 2: ["staff"], 3: ["course"]}
LEAF = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3]
"""The leaf of each statement s0 to s11."""


def topic(number, leaves):
    own = [place for place, leaf in enumerate(LEAF) if leaf in leaves]
    return {
        "topic": number, "size": len(own), "words": [word for leaf in leaves for word in WORDS[leaf]],
        "representative": [f"s{place}" for place in own[:2]], "stability": 0.5, "leaves": list(leaves),
    }  # fmt: skip


def small_run(prefix="s", **more):
    """Two levels: {0, 1} and {2, 3}; then all four leaves. Leaf 0 says "register" six times, leaf 1 "portal" twice,
    leaf 2 "staff" three times and "portal" once, leaf 3 "course" twice."""
    two, four = (
        [topic(number, leaves) for number, leaves in enumerate(GROUPS)],
        [topic(leaf, (leaf,)) for leaf in range(4)],
    )
    return {
        "n": 12, "model": "a model", "seed": 3, "fingerprint": "abc", "topics": two,
        "assignments": [
            {"statement_id": f"{prefix}{place}", "topic": 0 if leaf < 2 else 1, "probability": 0.5}
            for place, leaf in enumerate(LEAF)
        ],
        "quality": {"npmi": 0.1, "diversity": 1.0, "outliers": 0.0, "stability": 0.9, "without_experts": 0.7},
        "notices": [],
        "levels": [
            {"topics": two, "stability": 0.9, "npmi": 0.1, "diversity": 1.0, "together": [0.5] * 12},
            {"topics": four, "stability": 0.6, "npmi": 0.2, "diversity": 1.0,
             "together": [1.0, 1.0, 0.5, 0.5, 1.0, 1.0, 1.0, 0.25, 0.25, 0.25, 0.0, 0.0]},
        ],
        "leaves": {
            "of_statement": LEAF, "merges": [[[0], [1]], [[2], [3]], [[0, 1], [2, 3]]],
            "terms": ["course", "portal", "register", "staff"], "forms": {"portal": "Portal"},
            "counts": [[[2, 6]], [[1, 2]], [[3, 3], [1, 1]], [[0, 2]]],
        },
        "places": [[0.0, 0.0]] * 12, "record": {},
    } | more  # fmt: skip
