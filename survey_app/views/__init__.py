"""Charts: one question a module, from a study's tables to a figure. Knows neither the screen nor the store.

Each module offers the same functions, so that the dashboard and a release show one and the same thing:

- `title()`: the question it answers; `reading()`: how to read it, one sentence or two
- `prepare(frames, segmentation, ...)`: the frame that everything else rests on. It is without a language: labels are
  `label_en`, `label_ru` and `segment_en`, `segment_ru` pairs; every number of figure, finding and table is in it
- `figure(prepared, ..., dark=False)`: a Plotly figure; the `customdata` of a mark is `[code_id or item_id, segment]`,
  that of a pair of codes `["code_a+code_b", ALL]`, which `code_pairs.codes_of_mark` reads
- `finding(prepared, ...)`: what it shows, one sentence
- `table(prepared, ...)`: the same numbers under headers in words; its index says of each row what `customdata` says of
  the mark: (code_id or item_id, segment)

Words are in the language in force when a function is called. `segment` is a segment's key, or `ALL` for everyone.
"""
