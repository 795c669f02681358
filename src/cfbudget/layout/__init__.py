"""What is shown, before anybody shows it: tables, grids and pages of them.

A `Table` is the one layout of figures: each row names the rows that it sums, each column the
columns, and a property test holds every total of every table to the sum of the cells that it says
it sums; `made_of` says what a figure is made of where neither does. A measure has its unit
(`units`): money, a percentage, a count, a year. A page is blocks: titles, facts, figures, findings,
sentences. `beside_baseline` lays a trial's tables beside the baseline's.
"""
