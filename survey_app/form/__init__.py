"""The form in which an invited expert answers the questionnaire: pages of our own, which work without a script."""
