"""Tells whether every dependency has a wheel for every system: python packaging/check_wheels.py

Resolves what ``pyproject.toml`` asks for, as pip would on Windows and both kinds of Mac, and installs nothing. Exit status 1
names the system and the package that is missing there.
"""

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

PLATFORMS = {
    "Windows, 64 bit": ["win_amd64"],
    "macOS on Apple silicon": [f"macosx_{major}_0_{kind}" for major in (14, 13, 12, 11) for kind in ("arm64", "universal2")],
    "macOS on Intel": [
        *(f"macosx_{major}_0_{kind}" for major in (14, 13, 12, 11) for kind in ("x86_64", "universal2")),
        *(f"macosx_10_{minor}_{kind}" for minor in (15, 13, 12, 9) for kind in ("x86_64", "universal2")),
    ],
    "Linux": [f"manylinux_2_{minor}_x86_64" for minor in (34, 28, 27, 17)] + ["manylinux2014_x86_64"],
}  # fmt: skip
PYTHON = "3.12"


def main() -> int:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))
    wanted = [line for line in project["project"]["dependencies"] if "python_version <" not in line]
    wanted = [line.partition(";")[0].strip() for line in wanted]  # pip would judge markers by the system it runs on
    missing = 0
    for system, tags in PLATFORMS.items():
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [
                    sys.executable, "-m", "pip", "install", "-q", "--dry-run", "--ignore-installed", "--only-binary", ":all:",
                    "--python-version", PYTHON, "--target", folder,
                    *(part for tag in tags for part in ("--platform", tag)), *wanted,
                ],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        print(f"{system}: {'every wheel is there' if done.returncode == 0 else '; '.join(errors)}")
        missing += done.returncode != 0
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
