"""The project as a whole: one version, a short top level, resources that travel with the wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import kbapp
from kbapp.paths import resource
from tests.conftest import ROOT


def test_there_is_one_version_number():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert (
        "version" in project["project"]["dynamic"]
        and project["tool"]["hatch"]["version"]["path"] == "kbapp/__init__.py"
    )
    assert kbapp.__version__


def test_the_top_level_is_what_the_customer_fixed():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    top = {name.split("/")[0] for name in tracked if name and not name.startswith(".")}
    if top:
        assert top == {"pyproject.toml", "README.md", "kbapp", "resources", "tests", "packaging"}


def test_resources_are_found():
    for parts in (("names", "cues.yaml"), ("templates", "article.html"), ("icons", "kbapp.svg"), ("samples",)):
        assert resource(*parts).exists()


def test_there_are_samples_enough_of_every_kind():
    names = [path.suffix for path in resource("samples").iterdir()]
    assert len(names) >= 14 and {".txt", ".md", ".html"} <= set(names)


def test_the_wheel_holds_the_resources_and_runs(tmp_path: Path):
    if os.environ.get("KBAPP_OFFLINE"):
        pytest.skip("building a wheel fetches the build backend")
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--disable-pip-version-check", "-w", str(tmp_path), str(ROOT)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "unpacked")
    assert any(name.endswith(".dist-info/licenses/packaging/LICENSE") for name in names)
    assert "kbapp/py.typed" in names and "kbapp/library/migrations/0001_articles_people_notes.sql" in names
    assert not [name for name in names if "screenshots" in name]
    code = "from kbapp.paths import resource; print(resource('samples', 'digue.txt').read_text()[:20])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path / "unpacked",
        env={**os.environ, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Port Ellery" in done.stdout


def test_the_first_paint_waits_for_no_engine():
    """What the window does not show at once is imported when it is needed."""
    heavy = [
        "numpy",
        "whoosh",
        "lxml",
        "trafilatura",
        "yaml",
        "jinja2",
        "rapidfuzz",
        "pypdfium2",
        "click",
        "multiprocessing",
        "sqlite3",
    ]
    code = f"import sys, kbapp.ui.main_window; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
