"""Totals by plan and year of many bare tables: python pandas_plans.py FOLDER"""

import sys
from pathlib import Path

import pandas as pd

tables = {path.name: pd.read_csv(path) for path in sorted(Path(sys.argv[1]).iterdir())}
frame = pd.concat(tables, names=["plan"])
years = [name for name in frame.columns if name[0].isdigit()]
if (frame[years].sum(axis=1) != frame["stated"]).any():
    sys.exit("a stated total differs")
frame.groupby("plan")[years].sum().stack().to_csv(sys.stdout, header=False)
