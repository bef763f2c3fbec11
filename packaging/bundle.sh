#!/bin/sh
# Makes build/bundle/kbapp, the program with all that it needs, on whatever system this runs.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
build=$root/build
bin=$build/venv/bin
[ -d "$build/venv/Scripts" ] && bin=$build/venv/Scripts

if [ ! -x "$bin/pyinstaller" ] && [ ! -x "$bin/pyinstaller.exe" ]; then
    "${PYTHON:-python3}" -m venv "$build/venv"
    [ -d "$build/venv/Scripts" ] && bin=$build/venv/Scripts
fi
"$bin/python" -m pip install -q --disable-pip-version-check "pyinstaller>=6.10" .
"$bin/python" packaging/icons.py "$build/icons"
"$bin/python" packaging/windows/version_info.py > "$build/version_info.txt"
"$bin/pyinstaller" --noconfirm --log-level WARN --distpath "$build/bundle" --workpath "$build/pyinstaller" packaging/kbapp.spec
