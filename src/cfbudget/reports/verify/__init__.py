"""What verifying a workbook found."""
