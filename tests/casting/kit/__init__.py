"""What the tests of casting share: printed tables made at random, errors planted, scores."""
