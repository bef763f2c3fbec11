"""A whole run of the window makes no connection and looks up no name, in a network that is not there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import HARBOUR
from tests.torture.program import ROOT, Program

_TOOLS = all(shutil.which(tool) for tool in ("strace", "unshare"))
_ALLOWED = _TOOLS and subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode == 0
_ASKS = re.compile(
    r"(?:connect|sendto|sendmsg)\(.*(?:AF_INET|AF_PACKET|nscd)|resolv\.conf|bind\(.*(?:inet_addr\(\"(?!127\.)|AF_INET6(?!.*\"::1\"))"
)
pytestmark = pytest.mark.skipif(not _ALLOWED, reason="no network of its own can be made here")


def calls(log: Path) -> list[str]:
    """What was asked of the network: connections, packets, look-ups. A library tries whether a socket can be bound to ::1."""
    return [line for line in log.read_text(errors="replace").splitlines() if _ASKS.search(line)]


def traced(command: list[str], program: Program, log: Path) -> subprocess.CompletedProcess[str]:
    trace = "trace=socket,connect,sendto,sendmsg,bind,openat"
    return subprocess.run(
        ["unshare", "-n", "strace", "-f", "--seccomp-bpf", "-qq", "-e", trace, "-o", str(log), *command],
        cwd=ROOT, capture_output=True, text=True, timeout=200, check=False,
        env={**program.variables(), "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip


@pytest.mark.timeout(250)
def test_a_run_of_the_window_asks_nothing_of_the_network(tmp_path: Path):
    program = Program(tmp_path)
    (tmp_path / "a.txt").write_text(HARBOUR)
    (tmp_path / "b.html").write_text(
        "<html><head><title>Tram</title><link rel=stylesheet href='http://192.0.2.1/a.css'></head><body><article><h1>The tram</h1>"
        "<p>Mayor Ida Moss said on Monday that the tram would run from the harbour to the hills by spring.</p>"
        "<img src='http://192.0.2.1/p.png'><p>Engineer Olaf Brandt agreed with her on Tuesday and said more.</p></article></body></html>"
    )
    program.run("import", str(tmp_path / "b.html"))
    command = [
        sys.executable,
        "-m",
        "tests.torture.window",
        str(program.library),
        "a note ![p](http://192.0.2.1/x.png)",
        str(tmp_path / "a.txt"),
    ]
    result = traced(command, program, tmp_path / "log")
    assert "done 2" in result.stdout, result.stdout + result.stderr[-2000:]
    assert calls(tmp_path / "log") == []


def test_the_trace_sees_a_look_up(tmp_path: Path):
    program = Program(tmp_path)
    traced(
        [sys.executable, "-c", "import socket\ntry: socket.getaddrinfo('example.org', 80)\nexcept OSError: pass"],
        program,
        tmp_path / "log",
    )
    assert calls(tmp_path / "log") != []
