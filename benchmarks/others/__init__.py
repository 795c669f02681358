"""The work as it is done with a library: scripts that print service, year and amount."""
