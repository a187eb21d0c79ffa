"""The last look, right before something goes out: whoever forgets a table elsewhere is caught here."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from survey_app.actions.gate import PublishingRefused
from survey_app.actions.own_words import judge_own
from survey_app.actions.rights import needs
from survey_app.language import in_each_language
from survey_app.publishing.last_look import texts_of_content, texts_of_files
from survey_app.store.log import Row, Store
from survey_app.store.team import Role
from transcripts.messages import Message


@needs(Role.RESEARCHER)
def need_nobody_named(
    store: Store, study: Row, content: Mapping[str, Any] | None = None, files: Mapping[str, bytes] | None = None, *,
    accepted: Collection[str] = (),
) -> None:  # fmt: skip
    """Raises PublishingRefused where a whole name, an account, an e-mail address or a telephone of the roster stands in
    what goes out: the content of a release, and files beside it or instead of it.

    `accepted` are words that were confirmed to name nobody: with digits behind them they are no account.
    """
    words = "|".join(re.escape(word) for word in accepted if word)
    dated = re.compile(rf"(?<!\w)({words})\d+(?!\w)", re.IGNORECASE) if words else None

    def look() -> tuple[Message, ...]:
        texts = [*texts_of_content(content or {}), *texts_of_files(files or {})]
        if dated:
            texts = [replace(each, text=dated.sub(r"\1", each.text)) for each in texts]
        return tuple(judge_own(store, study, texts).reasons)

    if found := look():
        raise PublishingRefused(found[0], found, told=in_each_language(look))
