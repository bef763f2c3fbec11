"""Being at home on a desktop: the menu entry, what is handed to a program that runs, recipes for releases."""

from __future__ import annotations

import json
import os
import plistlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
import yaml

import kbapp
from kbapp import desktop_entry
from kbapp.errors import UserError
from kbapp.launcher import WindowRequest, wants_window
from kbapp.licences import components
from tests.conftest import ROOT

PACKAGING = ROOT / "packaging"
ENTRY = ROOT / "resources/desktop/io.github.kbapp.kbapp.desktop"


def test_the_menu_entry_starts_this_very_program(tmp_path: Path):
    written = desktop_entry.install(tmp_path / "share of jürgen")
    entry = written[0].read_text("utf-8")
    assert re.search(r'^Exec="/.*kbapp"( "?-m"? "kbapp")? %U$', entry, re.M)
    assert all(path.is_file() for path in written)
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", str(written[0])], check=True)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path):
    (tmp_path / "share").write_text("a file where a folder should be")
    with pytest.raises(UserError, match="cannot be written"):
        desktop_entry.install(tmp_path / "share")


def test_install_desktop_from_the_command_line(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "kbapp", "--install-desktop"],
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path)}, capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert all(Path(line).is_file() for line in done.stdout.splitlines()) and done.stdout.count("\n") == 4


def test_what_was_put_into_the_menu_is_taken_out_again(tmp_path: Path):
    written = desktop_entry.install(tmp_path)
    other = tmp_path / "applications" / "another.desktop"
    other.write_text("[Desktop Entry]\n")
    assert sorted(desktop_entry.remove(tmp_path)) == sorted(written)
    assert not any(path.exists() for path in written) and other.exists()
    assert desktop_entry.remove(tmp_path) == []


def test_a_menu_leaves_out_a_program_that_is_gone(tmp_path: Path):
    for path in desktop_entry.install(tmp_path)[:2]:
        (program,) = re.findall(r"^TryExec=(.*)$", path.read_text("utf-8"), re.M)
        assert Path(program).is_file()


def test_no_file_type_is_taken_from_the_program_that_had_it(tmp_path: Path):
    """Without a list of defaults a desktop takes the first entry by name that can open a type."""
    applications = tmp_path / "applications"
    desktop_entry.install(tmp_path)
    (applications / "org.editor.desktop").write_text(
        "[Desktop Entry]\nType=Application\nName=Editor\nExec=true %U\nMimeType=text/plain;text/html;application/rtf;\n"
    )
    for kind in ("text/plain", "text/html", "application/rtf", "application/pdf"):
        names = [path.name for path in sorted(applications.glob("*.desktop")) if f"{kind};" in path.read_text("utf-8")]
        assert names[-1].startswith("zz-") and len(names) == (1 if kind == "application/pdf" else 2)


def test_a_library_that_was_double_clicked_is_opened(tmp_path: Path):
    folder = tmp_path / "my library"
    folder.mkdir()
    (folder / "library.db").touch()
    assert wants_window([str(folder)]) == WindowRequest(str(folder))
    assert wants_window([str(folder / "library.db")]) == WindowRequest(str(folder))
    assert wants_window([str(tmp_path)]) == WindowRequest(None, (str(tmp_path),))
    assert wants_window(["--new-window", "kb:person/5"]) == WindowRequest(None, ("kb:person/5",), new_window=True)


def test_file_managers_give_addresses(tmp_path: Path):
    file = tmp_path / "ärger & co.txt"
    file.touch()
    assert wants_window([file.as_uri()]) == WindowRequest(None, (str(file),))


def test_a_portable_library_lies_beside_the_bundled_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from kbapp import paths

    monkeypatch.delenv("KBAPP_LIBRARY", raising=False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "kbapp"))
    assert paths.default_library() != tmp_path / "kbapp-library"
    (tmp_path / "kbapp-library").mkdir()
    assert paths.default_library() == tmp_path / "kbapp-library"


def test_every_part_is_listed_with_its_licence():
    found = {part.name.lower(): part for part in components()}
    assert {"pyside6_essentials", "whoosh3", "pyyaml", "lxml", "numpy", "trafilatura", "python"} <= set(found)
    assert "pytest" not in found
    assert all(part.version and part.licence for part in found.values())
    assert "Redistribution" in found["lxml"].texts[0]


def test_the_sbom_names_the_version():
    done = subprocess.run(
        [sys.executable, str(PACKAGING / "sbom.py")], capture_output=True, text=True, check=True, cwd=ROOT
    )
    document = json.loads(done.stdout)
    assert document["metadata"]["component"]["version"] == kbapp.__version__ and len(document["components"]) > 20


def test_the_recipes_name_files_that_exist():
    named = re.compile(r"(?<![\w/$}-])((?:packaging|resources|kbapp|tests)/[\w./-]*\w)")
    recipes = [path for path in PACKAGING.rglob("*") if path.is_file() and path.suffix in (".sh", ".spec", ".yaml", ".md", ".iss")]  # fmt: skip
    recipes.append(ROOT / ".github/workflows/release.yml")
    assert len(recipes) >= 7
    for recipe in recipes:
        for name in named.findall(recipe.read_text("utf-8").replace("\\", "/").replace("$id", desktop_entry.APP_ID)):
            inside = name.removeprefix("kbapp/")  # as the bundle has it
            assert (ROOT / name).exists() or (ROOT / inside).exists(), f"{recipe}: {name}"


def test_the_recipes_can_be_parsed_and_agree():
    plistlib.loads((PACKAGING / "macos/Info.plist").read_bytes())
    plistlib.loads((PACKAGING / "macos/entitlements.plist").read_bytes())
    ElementTree.parse(PACKAGING / "windows/kbapp.manifest")
    metainfo = ElementTree.parse(PACKAGING / f"linux/{desktop_entry.APP_ID}.metainfo.xml")
    assert metainfo.find("releases/release").get("version") == kbapp.__version__  # type: ignore[union-attr]
    assert f"## {kbapp.__version__} " in (PACKAGING / "CHANGELOG.md").read_text("utf-8")
    assert (
        yaml.safe_load((PACKAGING / f"linux/{desktop_entry.APP_ID}.flatpak.yaml").read_text())["id"]
        == desktop_entry.APP_ID
    )
    release = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))
    checks = yaml.safe_load((ROOT / ".github/workflows/checks.yml").read_text("utf-8"))
    assert set(release["jobs"]) == {"checks", "bundle", "publish"} and "test" in checks["jobs"]
    for workflow in (release, checks):
        assert workflow["permissions"] == {"contents": "read"}
        used = re.findall(r"'uses': '([^']+)'", str(workflow))
        assert all(re.search(r"@[0-9a-f]{40}$", action) for action in used if not action.startswith("./"))
    for script in PACKAGING.rglob("*.sh"):
        subprocess.run(["sh", "-n", str(script)], check=True)
    version = subprocess.run(
        [sys.executable, str(PACKAGING / "windows/version_info.py")], capture_output=True, text=True, check=True
    )
    assert f"'{kbapp.__version__}'" in version.stdout
    compile(version.stdout, "version_info", "eval")


def test_the_desktop_files_are_valid():
    tools = {
        "desktop-file-validate": [str(ENTRY)],
        "appstreamcli": ["validate", "--no-net", str(PACKAGING / f"linux/{desktop_entry.APP_ID}.metainfo.xml")],
    }
    for tool, arguments in tools.items():
        if shutil.which(tool):
            subprocess.run([tool, *arguments], check=True, capture_output=True)
    words = dict(line.split("=", 1) for line in ENTRY.read_text("utf-8").splitlines() if "=" in line)
    assert "x-scheme-handler/kb" in words["MimeType"] and words["StartupWMClass"] == "kbapp"
