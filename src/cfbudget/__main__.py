"""`python -m cfbudget`."""

from cfbudget.cli.app import main

main()
