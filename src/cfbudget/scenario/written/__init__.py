"""A scenario as it is written: its file, what it names, its amounts and shares."""
