"""Starts the window when called without a sub-command, else the command line; the one place that knows both."""

from __future__ import annotations

import sys


def main() -> int:
    arguments = sys.argv[1:]
    from kbapp.cli import run, wants_window

    window = wants_window(arguments)
    if window is None:
        return run(arguments)
    from kbapp.app import main as open_window

    return open_window(window)


if __name__ == "__main__":
    sys.exit(main())
