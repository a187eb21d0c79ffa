"""What a study's codebook lets coders say of statements besides codes, for those who read what was counted."""

from dataclasses import replace

from coding.codebook import AttributeValue, Period, StatementAttribute
from survey_app.actions.codebook_files import attributes_in
from survey_app.actions.rights import needs
from survey_app.store.codebooks import codebook_of
from survey_app.store.log import Store
from survey_app.store.team import Role


@needs(Role.READER)
def attributes_of(store: Store, study_id: str) -> tuple[StatementAttribute, ...]:
    """The attributes with the names of their values, in the codebook's order; of an open list what it has so far.

    A value that is a period of the codebook, and has no name but its key, is called by its years.
    """
    with store.reading() as connection:
        said = codebook_of(connection, study_id)
    periods = {one["key"]: Period(**one) for one in said["periods"]}
    return tuple(
        replace(one, values=tuple(_dated(value, periods.get(value.key)) for value in one.values))
        for one in attributes_in(said)
    )


def _dated(value: AttributeValue, period: Period | None) -> AttributeValue:
    if period is None or {value.label_en, value.label_ru} - {value.key, ""}:
        return value
    first, last = period.first, period.last
    if first and last:
        return AttributeValue(value.key, f"{first}–{last}", f"{first}–{last}")
    if first:
        return AttributeValue(value.key, f"since {first}", f"с {first}")
    return AttributeValue(value.key, f"until {last}", f"до {last}") if last else value
