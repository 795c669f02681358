"""Trials: small files of changes, and what a plan comes to with them; the result is a plan.

Its rooms open one way: `written` (a scenario's file), `changes` (what it does), `solve` (what a
target needs, as changes again).
"""
