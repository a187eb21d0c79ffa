"""What a dashboard is about, as its filters name it."""

from survey_app.components.filters import told_apart


def _group(short, full):
    return {"short_en": short, "short_ru": "", "label_en": full, "label_ru": ""}


def test_groups_with_one_short_name_are_told_apart():
    groups = {
        "health": _group("Ministry of…", "Ministry of Health"), "housing": _group("Ministry of…", "Ministry of Housing"),
        "one": _group("Firms", "Firms"), "two": _group("Firms", "Firms"), "civ": _group("Civil soc.", "Civil society"),
    }  # fmt: skip
    assert list(told_apart(groups).values()) == [
        "Ministry of Health", "Ministry of Housing", "Firms (one)", "Firms (two)", "Civil soc.",
    ]  # fmt: skip
