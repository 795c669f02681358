"""One figure explained: in words, with the tree of what makes it."""
