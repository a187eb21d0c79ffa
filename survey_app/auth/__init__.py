"""Who signs in: passwords, forms that cannot be forged, waits after failures, and the small pages for it."""
