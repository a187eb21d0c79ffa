"""Rakurs, the application: from the recording's transcript to a published dashboard."""
