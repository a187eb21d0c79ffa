"""What the commands do that take files in and give files out; the words themselves are read in `__main__`."""
