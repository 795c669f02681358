"""Several scenarios side by side, each beside the same baseline."""
