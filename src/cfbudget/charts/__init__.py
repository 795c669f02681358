"""Charts of a plan, made from its laid-out tables: pure functions, one file a chart.

Each gives a `Chart`: bars in groups, with the figures of the tables, and the same in words. What
draws them is in `render/`.
"""
