"""What has to be found, or may be spent, for a net budget to come to a figure."""
