"""`python -m cfbudget`."""

from cfbudget.cli import main

main()
