"""Pure functions from a plan to its figures: no reading, no printing, no clock.

They give amounts by `Key(row, measure, year)`, and which rows are sums of which. A figure that
cannot be computed has no key. Stated figures never enter: `checks.comparisons` alone reads them.

From two plans to a bridge: `option_matches` finds which option of one plan is which of the other,
and the causes; `openings` does the same for services, whose opening is what their net budget is
without the options' cumulative changes. `plan_bridge` puts the lines into a `Bridge`: nothing else
makes up a net budget, so they add up to the difference.
"""
