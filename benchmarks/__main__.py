"""python -m benchmarks"""

from benchmarks.measuring.command import main

main()
