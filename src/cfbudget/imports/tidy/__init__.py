"""The tidy records of a plan, as `totals` and `export` write them, back to the files of a plan.

records: a CSV file of them, read; `service_tree` finds again which services stand within which.
written_back: the files that they come from, as far as records hold them; tables by tables.
record_proof: every record computed again from these files; `record_page` shows it.
"""
