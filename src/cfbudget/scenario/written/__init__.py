"""A scenario as it is written: its file, what it names, its amounts.

`scenario_file` is the shape of the file; what is typed becomes the same nodes (`cli.flags`), so
that both are read, and refused, alike. `targets` finds what a word is aimed at.
"""
