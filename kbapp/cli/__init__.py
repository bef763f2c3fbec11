"""The command line: every capability of the library as a sub-command. Never imports Qt.

With ``--json`` standard output holds JSON alone; progress, warnings and errors go to standard error.
"""

from __future__ import annotations

import importlib
import logging
import sys
from pathlib import Path

import click

from kbapp import __version__, desktop_entry, paths
from kbapp.cli.context import State, common
from kbapp.cli.text_output import error_text
from kbapp.errors import UserError

_COMMANDS = {  # by name: the module here and the function in it
    "article": "articles.article",
    "backup": "maintenance.backup",
    "check": "maintenance.check",
    "export": "maintenance.export",
    "history": "articles.history",
    "import": "importing.import_",
    "list": "query.list_",
    "note": "notes.note",
    "person": "people.person",
    "read": "reading.read",
    "rebuild-index": "maintenance.rebuild_index",
    "restore": "maintenance.restore",
    "search": "search.search",
    "show": "query.show",
    "stats": "maintenance.stats",
    "tag": "notes.tag",
    "trash": "articles.trash",
    "undo": "articles.undo_",
}


def run(arguments: list[str]) -> int:
    """Runs one command and returns the exit status: 0 done, 1 something could not be done, 2 wrong usage."""
    _configure_streams()
    state = State()
    try:
        main.main(args=arguments, prog_name="kbapp", standalone_mode=False, obj=state)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.UsageError as error:
        error.show()
        return 2
    except click.Abort:
        click.echo("Stopped.", err=True)
        return 1
    except UserError as error:
        click.echo(error_text(error), err=True)
        return 1
    except UnicodeEncodeError:  # a name or text with bytes that are no letters; paths may have them
        click.echo("A name or text on the command line is not valid UTF-8; type it again.", err=True)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        click.echo("Stopped; what was reported as done is done.", err=True)
        return 1
    except Exception:  # noqa: BLE001 (a bug of ours: logged, and said)
        log = _log_bug()
        click.echo(
            f"kbapp met a bug of its own; what happened is written in {log}. Please send that file to its makers.",
            err=True,
        )
        return 1
    return 1 if state.failed else 0


def _configure_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _log_bug() -> Path:
    log = paths.log_file()
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        logging.basicConfig(filename=log, format="%(asctime)s %(name)s %(message)s")
    except OSError:
        logging.basicConfig()
    logging.getLogger("kbapp").exception("bug in the command line")  # noqa: LOG004 (called while it is handled)
    return log


def _install_desktop(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        for path in desktop_entry.install():
            click.echo(str(path))
        context.exit()


def _remove_desktop(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        for path in desktop_entry.remove():
            click.echo(str(path))
        context.exit()


class _Commands(click.Group):
    """The registry of sub-commands: a module is imported when one of its commands is called, with the engines that it needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """All names, in the order of the alphabet."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name; None for none."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(".")
        command = getattr(importlib.import_module(f"kbapp.cli.{module}"), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=False)
@common
@click.version_option(__version__, prog_name="kbapp")
@click.option(
    "--install-desktop",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_install_desktop,
    help="Put kbapp into the menu of this user (Linux), and end.",
)
@click.option(
    "--remove-desktop",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_remove_desktop,
    help="Take kbapp out of the menu again, and end.",
)
def main() -> None:
    """A private knowledge base of articles, their authors and the people in them.

    Without a command kbapp opens its window.
    """
