"""Totals by service and year of a bare table, CSV or Parquet: python duckdb_totals.py TABLE"""

import sys

import duckdb

options = f"FROM '{sys.argv[1]}'"
connection = duckdb.connect()
columns = [name for name, *_ in connection.execute(f"DESCRIBE {options}").fetchall()]
years = [name for name in columns if name[0].isdigit()]
sums = ", ".join(f'sum("{year}")' for year in years)
added = " + ".join(f'"{year}"' for year in years)
differing = f"count(*) FILTER (WHERE {added} <> stated)"
connection.execute(f"SELECT service, {sums}, {differing} {options} GROUP BY service")
for service, *amounts, differ in connection.fetchall():
    if differ:
        sys.exit("a stated total differs")
    for year, amount in zip(years, amounts, strict=True):
        print(f"{service},{year},{amount}")
