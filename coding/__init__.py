"""What the words mean: codes, codings, agreement, counts. Frames in, frames out; no web, no database."""
