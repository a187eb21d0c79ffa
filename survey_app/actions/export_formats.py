"""The formats in which the coded statements of a study can be written."""

FORMATS = ("csv", "xlsx", "tables", "deposit")
