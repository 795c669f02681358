"""Computed figures laid out as tables: the one layout that every renderer walks.

A plan's are `plan_tables` (`revenue`, `capital`, `options`, `position`), a trial's are in `trial`,
with its `forecast`, `attribution` and `beyond_plan`; `payback`, `compare` and `solve` give those of
their commands. `standing_sentences` stand with every table, so that no figure can be misread.
"""
