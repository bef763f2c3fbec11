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
    if not sys.platform.startswith("linux"):
        raise UserError(Code.LINUX_ONLY)
    home = data_home or Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    entry = resource("desktop", f"{APP_ID}.desktop").read_text("utf-8").replace("Exec=kbapp", f"Exec={_command()}")
    written = {
        home / "applications" / f"{APP_ID}.desktop": entry,
        home / "icons/hicolor/scalable/apps" / f"{APP_ID}.svg": resource("icons", "kbapp.svg").read_text("utf-8"),
        home / "mime/packages" / f"{APP_ID}.xml": resource("desktop", f"{APP_ID}.mime.xml").read_text("utf-8"),
    }
    try:
        for path, text in written.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    except OSError as error:
        raise UserError(Code.MENU_NOT_WRITTEN, file=error.filename, reason=error.strerror) from error
    for tool, folder in (("update-desktop-database", "applications"), ("update-mime-database", "mime")):
        if shutil.which(tool):
            subprocess.run([tool, str(home / folder)], check=False, capture_output=True)
    return list(written)


def _command() -> str:
    """How the menu starts this very kbapp, quoted as the Desktop Entry Specification wants it."""
    beside = Path(sys.executable).parent / "kbapp"
    words = [sys.executable] if getattr(sys, "frozen", False) else [str(beside)] if beside.exists() else [sys.executable, "-m", "kbapp"]  # fmt: skip
    return " ".join(
        '"' + "".join("\\" + c if c in '"`$\\' else c for c in word).replace("%", "%%") + '"' for word in words
    )
