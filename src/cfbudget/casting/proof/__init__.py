"""What the relations come to, cell by cell: outcomes, exactness, the figures that are wrong."""
