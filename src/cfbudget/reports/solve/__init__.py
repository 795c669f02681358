"""What a net budget needs to come to a figure."""
