"""What stands on each sheet of a plan's workbook."""
