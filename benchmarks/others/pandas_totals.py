"""Totals by service and year as an analyst makes them: python pandas_totals.py TABLE

TABLE is a bare table: CSV, Parquet, or a sheet, which pandas reads through openpyxl.
"""

import sys

import pandas as pd

path = sys.argv[1]
if path.endswith(".xlsx"):
    frame = pd.read_excel(path)
elif path.endswith(".parquet"):
    frame = pd.read_parquet(path)
else:
    frame = pd.read_csv(path)
years = [name for name in frame.columns if name[0].isdigit()]
if (frame[years].sum(axis=1) != frame["stated"]).any():
    sys.exit("a stated total differs")
frame.groupby("service")[years].sum().stack().to_csv(sys.stdout, header=False)
