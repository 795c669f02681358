"""What is shown, before anybody shows it: tables, grids and pages of them.

A `Table` is the one layout of figures: each row names the rows that it sums, each column the
columns, and a property test holds every total of every table to the sum of the cells that it says
it sums. A page is blocks: titles, facts, figures, findings, sentences. `beside_baseline` lays a
trial's tables beside the baseline's.
"""
