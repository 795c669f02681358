"""The reconciliation workbook as data: cells, formulas over them, and whether they hold.

Its rooms open one way: `book` (cells and their proof), `sheets` (what stands on each), `returned`
(one that comes back, held against the plan or read as one).
"""
