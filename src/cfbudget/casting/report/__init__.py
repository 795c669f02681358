"""What casting found, laid out for people and programs: the table marked, words, records."""
