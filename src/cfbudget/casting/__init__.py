"""Casting: find out from a printed table alone how it adds up, and re-add it.

A table goes in as rows of text; what comes out is the relations that its figures keep, with an
outcome for each, the cells that are most likely wrong, and the figures that nothing tested.

It is a house of its own, which only its command and the façade know. Its rooms open one way:

read: a file of any kind, or what was pasted, to rows of text.
table: figures told from labels and headings (`grid`, `figures`), and the table from one side: lines
    to add up, across members that prove it (`side`), so that one search serves both directions.
search: nested totals on a stack (`nested_totals`), sums in any order (`any_order`; `candidate_sums`
    proposes, `simplest` leaves out what follows from others), columns as levels, running
    differences, percentages, totals printed twice; `evidence` weighs all of them, `all_relations`
    makes them claims about single cells.
proof: whether rounding is allowed (`exactness`), and which cell is wrong (`suspects`), also
    where it took its sums away (`uncovered_slips`).
report: the result laid out for the page and the data.
book: the result as a workbook.
"""
