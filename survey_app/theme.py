"""The look: calm paper and ink, one wine-red accent that is never a colour of the data. Light and dark."""

from typing import Any

FONTS: dict[str, Any] = {
    "theme.font": "sans-serif",
    "theme.headingFont": "serif",
    "theme.baseFontSize": 15,
    "theme.baseRadius": "6px",
    "theme.headingFontSizes": ["1.9rem", "1.35rem", "1.1rem", "1rem", "0.95rem", "0.9rem"],
    "theme.headingFontWeights": [600, 600, 600, 600, 600, 600],
    "theme.showWidgetBorder": True,
    "theme.linkUnderline": True,
    "theme.paddingTop": "2.6rem",
}
LIGHT: dict[str, Any] = {
    "primaryColor": "#86274a",
    "backgroundColor": "#fefdfb",
    "secondaryBackgroundColor": "#f4f1ec",
    "textColor": "#16181d",
    "linkColor": "#7a1f42",
    "borderColor": "#d9d4cb",
    "sidebar.backgroundColor": "#f6f3ee",
    "sidebar.secondaryBackgroundColor": "#ebe6de",
    "grayTextColor": "#55585f",
}
DARK: dict[str, Any] = {
    "primaryColor": "#f0a3bb",
    "backgroundColor": "#15171c",
    "secondaryBackgroundColor": "#20232a",
    "textColor": "#eceae6",
    "linkColor": "#f2b3c6",
    "borderColor": "#3a3e47",
    "sidebar.backgroundColor": "#1a1c22",
    "sidebar.secondaryBackgroundColor": "#262a32",
    "grayTextColor": "#b4b3ae",
}
THEME: dict[str, Any] = {
    **FONTS,
    **{f"theme.light.{name}": value for name, value in LIGHT.items()},
    **{f"theme.dark.{name}": value for name, value in DARK.items()},
}
DARK_BUTTONS = (
    "<style>button[data-testid^=stBaseButton-primary], [data-testid=stMultiSelect] span[title] {color: #15171c}</style>"
)
"""The frame writes white on primary buttons and on what is chosen of several, which nobody can read on the light accent
of the dark theme."""
NO_RAW_TABLES = (
    "<style>[data-testid=stElementToolbarButton]:has([aria-label^='Download as CSV']) {display: none}</style>"
)
"""The frame's own download of a table writes cells as they are, formulas too; ours defuses them and is beside what is
to be taken along."""
PRINTED = """<style>
.st-key-printed {display: none}
@media screen and (min-width: 1480px) {.stElementContainer:has(.stPlotlyChart) {max-width: 1000px}}
@page {size: A3; margin: 14mm}
@media print {
  html, body, .stApp, .stMain {background: PAPER !important; print-color-adjust: exact}
  [data-testid=stSidebar], [data-testid=stHeader], [data-testid=stToolbar], [data-testid=stElementToolbar],
  .stLayoutWrapper:has(> .stHorizontalBlock :is(.stSelectbox, .stMultiSelect, .stButtonGroup)),
  .stElementContainer:has(.stSelectbox, .stMultiSelect, .stButtonGroup, .stButton, .stPageLink), .stPopover,
  .modebar {display: none !important}
  .stMainBlockContainer {padding: 0 !important; max-width: none !important}
  .st-key-printed {display: flex}
  .stPlotlyChart, .stMetric, h1, h2, h3, tr {break-inside: avoid}
  .stElementContainer:has(h2, h3) {break-after: avoid}
}
</style>"""
"""The dashboard on paper: charts and words, no menus and no choices, no chart cut in two. A chart keeps the width that
it has on the screen, so the sheet is as wide as charts become: A3, which any printer brings to A4 at 71 %."""


def printed(dark: bool) -> str:
    """The style of the paper; what was drawn on the dark screen is readable on dark paper alone."""
    return PRINTED.replace("PAPER", DARK["backgroundColor"] if dark else "#fff")
