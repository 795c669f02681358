"""A plan's files with some figures changed in their places, and all else as it was written.

`figures` tells in which figures a plan differs from another of the same lines, and where each
stands. `amount_text` writes an amount as those around it, `text_edits` puts it in its place, and
`new_lines` writes a line that is new. `edited_plan` reads back what comes of it, and proves that
it is the plan that was meant, and that nothing else was touched; `unified_diff` shows it.
"""
