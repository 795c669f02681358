"""What checking a plan found."""
