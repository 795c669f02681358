"""What casting found as a workbook: the printed table, and its relations as live formulas."""
