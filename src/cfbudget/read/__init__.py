"""Folder to plan, or problems: the only part that reads files.

`yaml_nodes` walks libyaml's events into nodes. A value is still the text that stands in the file
(`0123`, `no`, `12:30`), and knows its line and column. `folder_plan` makes a plan of them.

`spreadsheet` reads an .xlsx file, guarded against hostile ones, into cells.
"""
