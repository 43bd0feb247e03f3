"""`python -m sptool`: the program where its console script is not on the path."""

from sptool.cli.main import run

if __name__ == "__main__":
    run()
