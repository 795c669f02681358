"""Folder to plan, or problems: the only part that reads files.

`yaml_nodes` walks libyaml's events into nodes. A value is still the text that stands in the file
(`0123`, `no`, `12:30`), and knows its line and column. `table_nodes` gives the same nodes for a
table, of a CSV file or of a sheet (`sheet_table`). `folder_plan` makes a plan of them.
`written_tree` has what each value of a YAML text spans, for those that edit it in its place.

`stored_folder` fetches a folder that stands in a store, and has it read as any other.

`spreadsheet` reads an .xlsx file, guarded against hostile ones, into cells.
"""
