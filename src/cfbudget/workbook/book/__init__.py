"""A workbook as data: cells, formulas over them with their proof, and the file that holds them.

A formula is an expression (`expressions`, `fractions`) that knows its text and its value, and is
kept with the result that `calculate` or `checks` gives. `proof` works every expression out over the
book's own cells, in exact decimals, and holds it to that result; only then does `xlsx` store it.
"""
