"""`python -m broadsheet.spam`: the filter at the command line."""

import sys

from broadsheet.spam.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin, sys.stdout))
