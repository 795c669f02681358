"""Folder to plan, or problems: the only part that reads files."""
