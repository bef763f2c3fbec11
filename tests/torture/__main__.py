"""``python -m tests.torture --kills 300``: the long run, which says what was killed and what was lost."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.torture.kills import KINDS, Torture


def main() -> int:
    """Exit status 1 when anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=36_000, help="ends after so many seconds")
    parser.add_argument("--only", choices=KINDS, action="append", help="kills these alone")
    options = parser.parse_args()
    end = time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory(prefix="kbapp-torture-") as name:
        torture = Torture(Path(name), options.seed)
        torture.begin()
        chance = random.Random(options.seed)
        while torture.kills.total() < options.kills and time.monotonic() < end:
            torture.kill(chance.choice(options.only or KINDS))
    said = torture.account
    print(
        f"{torture.kills.total()} kills:", ", ".join(f"{kind} {count}" for kind, count in torture.kills.most_common())
    )
    print(f"{len(said.articles)} articles, {len(said.notes)} notes, {len(said.tags)} tags were acknowledged")
    print(f"{len(torture.problems)} problems")
    for problem in torture.problems:
        print(" ", problem)
    return 1 if torture.problems else 0


if __name__ == "__main__":
    sys.exit(main())
