"""Figures of a release as SVG that we write ourselves: one module a figure, `drawing` the room that they share.

No library draws them, because the server has no browser, light and dark are one drawing that the page's style sheet
colours, the whole page stays below two megabytes, and every figure is there before any script runs.
"""
