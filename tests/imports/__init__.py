"""Tests of what is imported from printed tables."""
