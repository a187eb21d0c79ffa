"""How much a file may hold, checked before and while it is read."""

LARGEST_TEXT = 20_000_000
"""Bytes of a plain text. A ninety-minute session is about 0.1 MB; ten times a long day fits."""
LARGEST_CONTAINER = 30_000_000
"""Bytes of a file of a word processor, a table or a PDF."""
LARGEST_EXPANDED = 60_000_000
"""Bytes of all parts of such a file together, unpacked."""
LARGEST_RATIO = 100
"""Unpacked bytes for one packed byte; more is a bomb."""
MOST_UNITS = 100_000
MOST_LINES = 1_000_000
"""Lines of a text, counted before any is read: ten for each unit."""
LONGEST_READING_S = 8.0
"""Seconds after which a slow container is given up."""
