"""Words that readers may see are kept without what is not seen, by whatever way they come."""

from sqlalchemy import select

from survey_app.actions.studies import need_study, rename_study
from survey_app.store import schema
from survey_app.store.log import rows

UNSEEN = "\x00\x1b\u202e\u2066\u200b"


def test_a_title_holds_nothing_that_is_not_seen(store):
    study = need_study(store, "demo-en")
    rename_study(store, "A", study["id"], title_en=f"Exports{UNSEEN}", title_ru="")
    assert need_study(store, "demo-en")["title_en"] == "Exports"


def test_words_in_two_languages_and_labels_in_json_are_cleaned_and_keys_of_rows_are_not(store):
    study = need_study(store, "demo-en")
    with store.change(study["id"], "A", "test") as change:
        [finding] = change.insert(schema.finding, {"study_id": study["id"]})
        many = [{"finding_id": finding, "text_en": f"Text {number}{UNSEEN}"} for number in range(60)]
        change.insert(schema.finding_sentence, many)
        [one] = change.insert(
            schema.segmentation, {"study_id": study["id"], "key": "own", "segments": [{"label_en": f"A{UNSEEN}"}]}
        )
        change.update(schema.segmentation, one, label_ru=f"Б{UNSEEN}")
    with store.reading() as connection:
        told = [row["text_en"] for row in rows(connection, select(schema.finding_sentence))
                if row["finding_id"] == finding]  # fmt: skip
        kept = next(row for row in rows(connection, select(schema.segmentation)) if row["id"] == one)
    assert sorted(told) == sorted(f"Text {number}" for number in range(60))
    assert (kept["segments"], kept["label_ru"]) == ([{"label_en": "A"}], "Б")
