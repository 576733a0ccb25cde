"""`python -m safar`: the same as the `safar` command."""

import sys

from safar.main import main

if __name__ == "__main__":
    sys.exit(main())
