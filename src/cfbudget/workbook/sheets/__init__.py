"""What stands on each sheet of a workbook.

`statements` puts a `Table` on a sheet: what the Table says is a sum becomes a `Sum` over cells, and
what `links` gives (an opening, a change that stands on another sheet) becomes that formula.
`checks`, with `comparisons`, `controls`, `draw_controls`, `outcome_counts` and `rules_applied`,
makes the Checks sheet; `lines`, `files`, `about` and `charts` make theirs, with the bridge
(`year_bridge`, drawn by `waterfall`) on the last. `plan_book` puts all of it together,
`trial_sheets` what a scenario adds.
`page_book` makes the workbook of any page, whose totals are live sums too: `placed_figures` says
what each figure is there, `made_expressions` gives it as a formula. An input is one by declaration.
"""
