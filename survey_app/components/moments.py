"""A moment of the log on the clock of whoever looks."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st


def moment(at: str) -> str:
    """An ISO moment as day and minute in the time zone of the browser."""
    zone: Any = st.context.timezone
    found = datetime.fromisoformat(at)
    return (found.astimezone(ZoneInfo(zone)) if zone else found).strftime("%d.%m.%Y %H:%M")


def day(at: str) -> str:
    """The day of an ISO moment in the time zone of the browser."""
    return moment(at).partition(" ")[0]
