"""Pure functions from a plan to its figures: no reading, no printing, no clock."""
