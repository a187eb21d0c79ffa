"""Sound and pictures of sessions: what a file is, where it lies, how a browser may ask for it."""
