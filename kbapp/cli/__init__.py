"""The command line: every capability of the library as a sub-command. Never imports Qt.

With ``--json`` standard output holds JSON alone; progress, warnings and errors go to standard error.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import click

from kbapp import __version__, desktop_entry, paths
from kbapp.cli import articles, importing, maintenance, notes, people, query
from kbapp.cli.context import State, common
from kbapp.cli.text_output import error_text
from kbapp.errors import UserError


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
    except Exception:
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
    logging.getLogger("kbapp").exception("bug in the command line")
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


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=False)
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


for _command in (
    importing.read, importing.import_, query.search, query.show, query.list_, notes.note, notes.tag, people.person, maintenance.export, maintenance.check,
    maintenance.rebuild_index, maintenance.backup, maintenance.restore, maintenance.stats, articles.article, articles.trash,
    articles.undo_, articles.history,
):  # fmt: skip
    main.add_command(_command)
