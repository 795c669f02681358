"""New plans: a starter to fill in, and the plan of the next year out of that of this one.

`rolled_plan` rolls a plan forward, table by table: `rolled_options`, `rolled_capital`,
`rolled_funding`, and `projected_budgets` for what the net budgets of later years stand on. Years
fall away, and no change moves to another one. `roll_forward` then writes it as files
(`written_plan`, `written_fields`, `yaml_lines`), reads these again, and proves that every year
that both plans have has the net budget and the gap that it had. `starter` gives the files of a
plan that is to be filled in.
"""
