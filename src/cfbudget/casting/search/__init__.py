"""Every way in which a table's lines may make one another, weighed by the figures alone."""
