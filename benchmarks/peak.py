"""Run a command, and print the most memory that it took: python benchmarks/peak.py COMMAND..."""

import resource
import subprocess
import sys

done = subprocess.run(sys.argv[1:], check=False)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(f"peak memory: {peak / 1000:.0f} MB")
sys.exit(done.returncode)
