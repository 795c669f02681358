"""Renderers: each walks the same tables and problems, and none computes."""
