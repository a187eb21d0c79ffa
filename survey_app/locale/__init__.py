"""The catalogues of translated words, and how they are made: `python -m survey_app.locale`."""
