"""What the options say, and how results and errors are printed."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from kbapp import paths, settings
from kbapp.cli.text_output import error_text
from kbapp.errors import InvalidSettings, UserError
from kbapp.library import Library
from kbapp.library.encryption import is_protected
from kbapp.library.notes import highlights

ORIGIN = "command line"  # of what sub-commands change, in the library's journal
_F = TypeVar("_F", bound=Callable[..., Any])


class State:
    """What the options before and after the sub-command say."""

    def __init__(self) -> None:
        self.library: str | None = None
        self.json = False
        self.failed = False

    @contextmanager
    def open_library(self) -> Iterator[Library]:
        library = Library(Path(self.library) if self.library else paths.default_library())
        try:
            for notice in library.notices:
                click.echo(str(notice), err=True)
            if (secret := os.environ.get("KBAPP_PASSPHRASE")) and is_protected(library.db):
                library.vault.unlock(library.db, secret)
                highlights.release(library)
            yield library
        finally:
            library.close()

    def names_model(self) -> str:
        """The spaCy model that the user's settings choose for finding people, "" for none; a mistake there is said."""
        try:
            return settings.load(paths.settings_file()).names_model
        except InvalidSettings as error:
            click.echo(error_text(error), err=True)
            return ""

    def reads_scans(self) -> bool:
        """Whether the user's settings ask for the text of scans to be recognised."""
        try:
            return settings.load(paths.settings_file()).ocr == "tesseract"
        except InvalidSettings:
            return False  # the mistake is said where the model is looked up

    def emit(self, value: dict[str, Any], text: str | Callable[[], str]) -> None:
        """One result: a line of JSON, or the text for people."""
        if self.json:
            sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
        else:
            words = text if isinstance(text, str) else text()
            if words:
                sys.stdout.write(words + "\n")
        sys.stdout.flush()

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Says what cannot be done inside of the block, and goes on after it."""
        try:
            yield
        except UserError as error:
            self.fail(str(error))

    def fail(self, message: str) -> None:
        """Something could not be done; the rest goes on."""
        self.failed = True
        click.echo(message, err=True)


def common(command: _F) -> _F:
    """The options that every sub-command takes, before and after its name."""

    def keep(context: click.Context, option: click.Parameter, value: Any) -> Any:
        state = context.find_object(State)
        if value and state is not None:
            setattr(state, option.name or "", value)
        return value

    command = click.option(
        "--json", "json", is_flag=True, expose_value=False, callback=keep, help="Print JSON, a line an object."
    )(command)
    return click.option(
        "--library",
        metavar="DIR",
        expose_value=False,
        callback=keep,
        help="The library folder (default: KBAPP_LIBRARY, else your data folder).",
    )(command)


ocr_option = click.option("--ocr", is_flag=True, help="Recognise the text of scans with tesseract.")
files_argument = click.argument("files", metavar="PATH...", nargs=-1, required=True, type=click.Path(readable=False))
