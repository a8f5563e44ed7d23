"""`python -m regiograaf`."""

from regiograaf.cli import main

main(prog_name="regiograaf")
