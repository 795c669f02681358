"""A printed table to a plan's files: what casting found of it, joined to what a plan says.

Data flow one way, and nothing is written that was not proved:

source_tables: a file to its tables, each cast; several blocks of one sheet stand apart.
printed_words, headings, columns: what each column is: a measure, a year, a ref, an owner.
rows, row_sums: what each row is: a line, a total with the rows that it adds up, a heading.
reading, fates, known: one table on its way, what became of its figures, and what the plan says.
answers: what the table does not tell, asked once; `recipe` keeps it beside the plan.
revenue, capital, options, funding, reserves: a table of that kind to a `drafted` file.
council_tax, option_figures and the like: what a row of such a table is read as.
yaml_text: the draft as text; `proof` reads it back with the plan's own reader, figure by figure.
page: the proof as it is shown.

`typed_tables` writes a filled-in template as files, `tidy/` what the records of a plan come to.
"""
