"""Where a frozen bundle begins."""

import sys

from kbapp.__main__ import main

sys.exit(main())
