#!/bin/sh
# Sets up all that kbapp needs and runs it (run) or its tests (test). The second call installs nothing.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
venv="$root/.venv"

say() { printf 'kbapp: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

usage() { fail "usage: sh packaging/dev.sh run [ARGUMENTS] | test [PYTEST ARGUMENTS]"; }

# --- Debian packages, when we may install them -------------------------------------------------------------------
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1
    fi
}

apt_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    as_root true 2>/dev/null || return 1
    say "installing system packages: $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends "$@" >/dev/null 2>&1 ||
        { as_root apt-get -qq update >/dev/null 2>&1 &&
          as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends "$@" >/dev/null; }
}

# --- Python ------------------------------------------------------------------------------------------------------
find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 &&
           "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return 0
        fi
    done
    return 1
}

make_venv() {
    [ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1 && return 0
    python=$(find_python) || fail "Python 3.11 or newer is needed (Debian, Ubuntu: apt install python3)."
    say "making a virtual environment in .venv"
    rm -rf "$venv"
    "$python" -m venv "$venv" >/dev/null 2>&1 && return 0
    rm -rf "$venv"
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    apt_install "python$version-venv" || apt_install python3-venv ||
        fail "Python's venv module is missing; install it with: sudo apt install python$version-venv"
    "$python" -m venv "$venv"
}

install_packages() {  # $1: a dependency group of pyproject.toml, or "" for what the program itself needs
    stamp="$venv/.installed$1"
    wanted=$("$venv/bin/python" -c 'import hashlib,sys; print(hashlib.sha256(open("pyproject.toml","rb").read()).hexdigest(), sys.prefix)')
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
    say "installing kbapp and what it needs (once; takes a minute or two)"
    # pip itself knows dependency groups since 25.1, and older systems bring an older one.
    "$venv/bin/python" -c 'import sys, tomllib
groups = tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]
print(*groups.get(sys.argv[1], ()), sep="\n")' "$1" > "$venv/requirements.txt"
    "$venv/bin/python" -m pip install -q --disable-pip-version-check --root-user-action=ignore -e . -r "$venv/requirements.txt" ||
        fail "the Python packages could not be installed; is there a network? Then try again."
    printf '%s\n' "$wanted" > "$stamp"
    printf '%s\n' "$wanted" > "$venv/.installed"
}

# --- Qt's system libraries ---------------------------------------------------------------------------------------
# name of the library : Debian package that holds it
qt_libraries="libEGL.so.1:libegl1 libGL.so.1:libgl1 libxkbcommon.so.0:libxkbcommon0 libxkbcommon-x11.so.0:libxkbcommon-x11-0
libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4 libxcb-image.so.0:libxcb-image0
libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-randr.so.0:libxcb-randr0 libxcb-render-util.so.0:libxcb-render-util0
libxcb-shape.so.0:libxcb-shape0 libxcb-xinerama.so.0:libxcb-xinerama0 libxcb-xkb.so.1:libxcb-xkb1
libdbus-1.so.3:libdbus-1-3 libgssapi_krb5.so.2:libgssapi-krb5-2 libwayland-cursor.so.0:libwayland-cursor0
libwayland-egl.so.1:libwayland-egl1 libfontconfig.so.1:libfontconfig1 libglib-2.0.so.0:libglib2.0-0"

missing_packages() {
    "$venv/bin/python" - $qt_libraries <<'PYTHON'
import ctypes, sys
for pair in sys.argv[1:]:
    library, package = pair.split(":")
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
PYTHON
}

need_qt_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    missing=$(missing_packages | tr '\n' ' ')
    [ -z "$missing" ] || apt_install $missing ||
        fail "the window needs these system packages; install them with: sudo apt install $missing"
}

need_fonts() {
    [ "$(uname -s)" = Linux ] || return 0
    for folder in /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "${XDG_DATA_HOME:-$HOME/.local/share}/fonts"; do
        [ -d "$folder" ] && [ -n "$(find -L "$folder" -name '*.[to]t[fc]' -print -quit 2>/dev/null)" ] && return 0
    done
    apt_install fonts-dejavu-core || say "no fonts found; install some with: sudo apt install fonts-dejavu-core"
}

# A sub-command, --help or --version works without Qt.
opens_window() { "$venv/bin/python" -c 'import sys; from kbapp.launcher import wants_window; sys.exit(wants_window(sys.argv[1:]) is None)' "$@"; }

need_test_tools() {
    missing=""
    for pair in Xvfb:xvfb openbox:openbox xdotool:xdotool xprop:x11-utils hunspell:hunspell dbus-daemon:dbus; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
    done
    [ -e /usr/share/hunspell/en_US.dic ] || missing="$missing hunspell-en-us"
    [ -z "$missing" ] || apt_install $missing ||
        say "no real-window tests: install them with: sudo apt install$missing"
}

case "${1:-}" in
run)
    shift
    make_venv
    install_packages ""
    if opens_window "$@"; then
        need_qt_libraries
        need_fonts
    fi
    exec "$venv/bin/python" -m kbapp "$@"
    ;;
test)
    shift
    make_venv
    install_packages dev
    need_qt_libraries
    need_fonts
    need_test_tools
    [ -d "$venv/whoosh-2.7.4" ] || "$venv/bin/python" -m pip install -q --disable-pip-version-check --root-user-action=ignore \
        --no-deps --target "$venv/whoosh-2.7.4" Whoosh==2.7.4 || say "without Whoosh 2.7.4 one test is skipped"
    export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"
    "$venv/bin/ruff" check .
    "$venv/bin/ruff" format --check .
    "$venv/bin/mypy"
    "$venv/bin/lint-imports"
    exec "$venv/bin/python" -m pytest "$@"
    ;;
*) usage ;;
esac
