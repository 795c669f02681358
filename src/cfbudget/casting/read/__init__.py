"""A file, or what was pasted, to printed tables as rows of text: the input of casting.

Cells are as an auditor sees them: rows[0] is row 1 and the first cell of a row is column A.
"""
