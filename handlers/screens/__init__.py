"""Screens: pure functions from the record and the texts to what is shown."""
