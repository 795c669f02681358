"""Trials: small files of changes, and what a plan comes to with them."""
