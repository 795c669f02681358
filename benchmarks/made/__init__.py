"""Plans of any size, and the same figures as other programs want them.

`plan` is the plan itself: its lines and what they come to. `plan_files` writes it as cfbudget reads
it (YAML, CSV, Parquet), `journals` for ledger, hledger and beancount, `bare_tables` as a table of
figures alone. `python -m benchmarks.made` writes any of them, in a process of its own.
"""
