"""The reconciliation workbook as data: cells, formulas over them, and whether they hold."""
