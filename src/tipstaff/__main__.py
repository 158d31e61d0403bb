"""`python -m tipstaff`: the same as the `tipstaff` command."""

import sys

from tipstaff.config.cli import main

if __name__ == "__main__":
    sys.exit(main())
