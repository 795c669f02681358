"""What takes the net budgets of one plan to those of another."""
