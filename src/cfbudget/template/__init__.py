"""An empty workbook that a plan is typed into: each sheet a table, which is read as it stands.

`columns` says what each table asks for, and what is noted of it; `workbook` writes the sheets, with
their drop-down lists, and what lights up where an entry cannot be right.
"""
