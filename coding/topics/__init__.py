"""Topics that a model proposes: vectors, words, groups of statements, and how far they can be trusted.

Importing this package is cheap; torch, bertopic, umap and spacy are imported inside the functions that need them,
which run in a worker process or on the command line.
"""
