"""What each result says: its page, its words and its records, for every renderer alike.

One shelf a result. Its page (titles, facts, figures, findings, sentences) and its `Records` go to
`cli.show`, which hands both to whatever format was asked for: a new command is a page and its
records, a new format is one file in `render`.
"""
