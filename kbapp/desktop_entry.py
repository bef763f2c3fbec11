"""Puts kbapp into a user's menu on Linux: the entry, the icon, what it opens. For those who installed it with pipx or uv."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from kbapp.errors import Code, UserError
from kbapp.paths import resource

APP_ID = "io.github.kbapp.kbapp"


def install(data_home: Path | None = None) -> list[Path]:
    """Writes the menu entry, icon and file types below ``data_home`` (the user's own when None) and returns the files.

    Raises UserError where there is no such menu or it cannot be written.
    """
    home = _data_home(data_home)
    texts = (
        _entry(f"{APP_ID}.desktop"),
        _entry(f"zz-{APP_ID}.open.desktop"),
        resource("icons", "kbapp.svg").read_text("utf-8"),
        resource("desktop", f"{APP_ID}.mime.xml").read_text("utf-8"),
    )
    written = dict(zip(_files(home), texts, strict=True))
    try:
        for path, text in written.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    except OSError as error:
        raise UserError(Code.MENU_NOT_WRITTEN, file=error.filename, reason=error.strerror) from error
    _update_databases(home)
    return list(written)


def remove(data_home: Path | None = None) -> list[Path]:
    """Takes away what ``install`` wrote and returns the files that were there.

    Raises UserError where there is no such menu or a file cannot be removed.
    """
    home = _data_home(data_home)
    present = [path for path in _files(home) if path.exists()]
    try:
        for path in present:
            path.unlink()
    except OSError as error:
        raise UserError(Code.MENU_NOT_WRITTEN, file=error.filename, reason=error.strerror) from error
    if present:
        _update_databases(home)
    return present


def _data_home(data_home: Path | None) -> Path:
    if not sys.platform.startswith("linux"):
        raise UserError(Code.LINUX_ONLY)
    return data_home or Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")


def _entry(name: str) -> str:
    """A desktop entry that starts this very kbapp; with TryExec a menu leaves it out once the program is gone."""
    command = _command()
    text = resource("desktop", name).read_text("utf-8").replace("Exec=kbapp", f"Exec={_quoted(command)}")
    return text.replace("Terminal=false", f"TryExec={command[0]}\nTerminal=false")


def _files(home: Path) -> tuple[Path, Path, Path, Path]:
    """The menu entry, the one for "Open With", the icon and the file types."""
    return (
        home / "applications" / f"{APP_ID}.desktop",
        home / "applications" / f"zz-{APP_ID}.open.desktop",
        home / "icons/hicolor/scalable/apps" / f"{APP_ID}.svg",
        home / "mime/packages" / f"{APP_ID}.xml",
    )


def _update_databases(home: Path) -> None:
    for tool, folder in (("update-desktop-database", "applications"), ("update-mime-database", "mime")):
        if shutil.which(tool):
            subprocess.run([tool, str(home / folder)], check=False, capture_output=True)


def _command() -> list[str]:
    """How to start this very kbapp."""
    beside = Path(sys.executable).parent / "kbapp"
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [str(beside)] if beside.exists() else [sys.executable, "-m", "kbapp"]


def _quoted(words: list[str]) -> str:
    """A command as the Desktop Entry Specification wants it."""
    return " ".join(
        '"' + "".join("\\" + c if c in '"`$\\' else c for c in word).replace("%", "%%") + '"' for word in words
    )
