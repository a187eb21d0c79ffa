"""Bring the catalogues up to date with the code and compile them; says what still wants a translation."""

import sys

from survey_app.locale.catalogues import as_mo, as_po, po_file, untranslated, updated


def main() -> int:
    """Exit status 1 while a word is untranslated."""
    catalog = updated("ru")
    file = po_file("ru")
    file.write_bytes(as_po(catalog))
    file.with_suffix(".mo").write_bytes(as_mo(catalog))
    missing = untranslated(catalog)
    for word in missing:
        print(f"untranslated: {word!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
