"""Long lists of plain options, condensed: one row for each service, kind and status.

A plan of many thousand options is read in a fraction of the time where nobody asks for each of
them. An option is *plain* if nothing is to be said of it but what it changes: every value is of
an ordinary form, no rule would say anything of it, its stated total is exact, and nothing names
it. `plain_lines` says so of one option, and `plain_group` adds up those that are. `csv_options` and
`yaml_options` find the options in a file's text, and give the text back with one row in place of
the plain ones of a group, and blank lines where the others stood: so every other line keeps its
place, and is read and checked as ever. `condensed_texts` chooses, for a plan's files.

What is not understood here is left to the careful reader, never guessed; a test holds both to the
same answers.
"""
