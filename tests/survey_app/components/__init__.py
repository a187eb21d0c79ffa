"""Pieces of the screen, without a page around them."""
