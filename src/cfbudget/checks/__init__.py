"""What a plan is held to: its stated figures, its consistency, and what its words mean."""
