"""Who said something and when, as people read it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from survey_app.language import _


def spoken(statement: Mapping[str, object], text: str = "") -> str:
    """Words with the one who says them before them; `text` stands for the statement's own, for example cut short."""
    who = statement["expert_id"] or (_("moderator") if statement["role"] == "moderator" else "")
    words = text or str(statement["text"])
    return f"{who}: {words}" if who else words


def clock(seconds: float) -> str:
    """Seconds from the beginning as h:mm:ss; "" where nobody knows them."""
    if pd.isna(seconds):
        return ""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
