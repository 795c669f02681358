"""What a scenario comes to, beside its baseline."""
