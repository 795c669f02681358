"""What each result says: its page, its words and its records, for every renderer alike."""
