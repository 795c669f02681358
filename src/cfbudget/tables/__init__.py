"""Computed figures laid out as tables: the one layout that every renderer walks."""
