"""Starts the window when called without a sub-command, else the command line; the one place that knows both."""

from __future__ import annotations

import sys

from kbapp.launcher import wants_window


def main() -> int:
    """Runs the program and returns its exit status."""
    if getattr(sys, "frozen", False):  # a bundle starts itself anew for its reading processes
        import multiprocessing

        multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    request = wants_window(arguments)
    if request is None:
        from kbapp.cli import run

        return run(arguments)
    try:
        from kbapp.ui.application import main as open_window
    except ImportError as error:
        from kbapp.errors import Code, UserError
        from kbapp.i18n import message

        print(message(UserError(Code.NO_QT, reason=error)), file=sys.stderr)  # noqa: T201
        return 1
    return open_window(request)


if __name__ == "__main__":
    sys.exit(main())
