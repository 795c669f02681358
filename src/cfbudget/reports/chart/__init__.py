"""A chart, as a page and as records."""
