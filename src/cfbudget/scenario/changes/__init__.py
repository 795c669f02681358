"""What the changes of a scenario do: each made on a copy, measured, and held to the others."""
