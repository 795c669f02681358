"""A printed table's cells: figures, labels, headings, and the table seen from one side."""
