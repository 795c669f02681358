"""A plan rolled forward, or a starter: what was written, what fell away, what is to be filled."""
