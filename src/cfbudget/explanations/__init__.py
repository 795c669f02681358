"""Where every figure of a plan comes from: its parts with their signs, its place, its cell.

What a figure is made of is what its cell in the workbook says: `signed_cells` reads the formula's
own expression, so that an explanation and an export cannot disagree. `figures` says what is known
of one figure by itself, `naming` what it is called, `amount_words` what it comes to in words from
its sign, `formula_words` how a figure is worked out that is no sum. `explained_plan` puts these
together, one figure at a time and only as far as it is asked.
"""
