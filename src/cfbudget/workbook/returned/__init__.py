"""A workbook that comes back: its cells found again, held to the plan, or read as a plan.

`located_cells` finds each cell of the plan's book again by `headings` and ids, and says it as a
`located`; `known_or_added_rows` tells which row is which, and that one was added. What is left is
no cell of the plan's: `strays` tells which figures of it touch a table, `added_lines` what they
would do as lines of the plan. `same_formula` tells whether a formula still says the same of the
same cells, and `verification` compares; results are held against the expressions worked out over
what now stands in the inputs.

The sheet of files gives the words of a workbook's own plan, `typed_over` the amounts of inputs that
were changed: `own_plan` makes a plan of them, builds the book of those files again, and has it
proved that nothing else differs. `other_plan` tells whose workbook it is. `as_changes` gives the
changed inputs as a scenario's changes.
"""
