"""The plan: frozen Pydantic models of its files, every figure with its place."""
