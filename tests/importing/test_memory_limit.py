"""A file that asks for more memory than a worker may have costs itself alone, never the computer."""

from __future__ import annotations

import subprocess
import sys

import pytest

_ASKS_FOR_MUCH = """
from kbapp.importing.worker_pool import _limit_memory
_limit_memory(64 << 20, "")
try:
    print(len(bytearray(512 << 20)))
except MemoryError:
    print("refused")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no such limit")
def test_a_worker_gets_no_more_memory_than_its_share() -> None:
    done = subprocess.run([sys.executable, "-c", _ASKS_FOR_MUCH], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "refused"
