"""What the tests share: plans made or changed at random, oracles, workbooks as they come back."""
