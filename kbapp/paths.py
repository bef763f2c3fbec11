"""Where things live: the program's resources, the user's library, the log."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

APP = "kbapp"


def resource(*parts: str) -> Path:
    """The path of a file in ``resources/``, the same from source, from a wheel and from a frozen bundle."""
    package = Path(__file__).resolve().parent
    bundled = package / "resources"  # wheel and bundle carry them inside the package
    root = bundled if bundled.is_dir() else package.parent / "resources"
    return root.joinpath(*parts)


def default_library() -> Path:
    """The library folder when none is named: ``KBAPP_LIBRARY``, else one that lies beside a bundled program (a stick
    that is carried around), else the platform's data folder.
    """
    if named := os.environ.get("KBAPP_LIBRARY"):
        return Path(named)
    if getattr(sys, "frozen", False):
        beside = Path(os.environ.get("APPIMAGE", sys.executable)).resolve().parent / "kbapp-library"
        if beside.is_dir():
            return beside
    return Path(platformdirs.user_data_dir(APP, appauthor=False)) / "library"


def settings_file() -> Path:
    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "settings.yaml"


def log_file() -> Path:
    return Path(platformdirs.user_log_dir(APP, appauthor=False)) / "kbapp.log"


def index_cache() -> Path:
    """Where search indexes lie, a folder for each library; all of it can be made again."""
    return Path(platformdirs.user_cache_dir(APP, appauthor=False)) / "indexes"


def state_file() -> Path:
    """Where windows remember their sizes and open pages."""
    return Path(platformdirs.user_state_dir(APP, appauthor=False)) / "windows.json"
