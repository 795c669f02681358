"""How the tests run: none of them against the clock."""

from hypothesis import settings

# How long an example takes tells of the machine's load, not of the code.
settings.register_profile("cfbudget", deadline=None)
settings.load_profile("cfbudget")
