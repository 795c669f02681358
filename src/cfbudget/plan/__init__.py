"""The plan: frozen Pydantic models of its files, every figure with its place.

`files` gives the shape: one small model for each kind of record, made of what `mapped_model` and
`written_field` give. A field is read by a function of its own, in `text_fields`, `year_fields`,
`source_fields`, `figure_fields`, `stated_fields` or `rate_fields`.
A value that cannot be taken is reported and replaced by a stand-in, so that one run reports all
problems; a file with problems is never computed.

What a policy option is (saving, investment) is said in `kinds` alone: a `KindEntry` with its sign,
its words, and whether it pays for another or is paid for. The reader, the JSON Schema, the groups
of the options, the rules, scenarios and their groups (`education/saving/new`), solve, payback,
compare and the workbook's bridge ask the entry, never the name; `tests/test_kinds.py` says so, and
adds two kinds and walks every command with them.
"""
