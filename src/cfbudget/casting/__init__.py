"""Casting: find out from a printed table alone how it adds up, and re-add it.

A table goes in as rows of text; what comes out is the relations that its figures keep, with an
outcome for each, the cells that are most likely wrong, and the figures that nothing tested.
"""
