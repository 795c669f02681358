"""Every total of a plan, and its position."""
