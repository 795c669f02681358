"""A workbook as data: cells, formulas over them with their proof, and the file that holds them."""
