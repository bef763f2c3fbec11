"""Records what a program writes, syncs and renames, and rebuilds the disk as a power cut would have left it at any moment.

A kill leaves the system's page cache alone, so that it cannot show a missing sync. Here strace writes down the calls, and a
model of the disk plays any prefix of them: what was written to a file counts only once the file was synced. Names (files made,
renamed, removed) are either kept at once, or only once their folder or the file itself was synced; both happen on real disks.

Covered are write, pwrite, truncate, open with truncation, fsync, fdatasync, sync, rename, link, unlink, mkdir and rmdir. Not
covered are writes through mappings, of which there are none but in SQLite's -shm file, which it makes anew after a crash, and
copies within the kernel (sendfile), which only a restore of a daily copy makes.
"""

from __future__ import annotations

import ast
import enum
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CALLS = (
    "open,openat,creat,write,pwrite64,ftruncate,truncate,fsync,fdatasync,sync,rename,renameat,renameat2,link,linkat,unlink,"
    "unlinkat,mkdir,mkdirat,rmdir,lseek"
)
_LINE = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)\)\s+= (-?\d+)(?:<.*>)?(?: .*)?$")
_UNFINISHED = re.compile(r"^(\d+)\s+(\w+)\((.*?),? ?<unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(\d+)\s+<\.\.\. (\w+) resumed>(.*)$")
_ARGUMENT = re.compile(r'"(?:\\x[0-9a-f]{2})*"(?:\.\.\.)?|[^,"<]+(?:<(?:[^>])*>)?')


class Names(enum.Enum):
    """When names are on the disk: at once, or when something syncs them."""

    AT_ONCE = "at once"
    SYNCED = "when synced"


@dataclass
class _File:
    """A file's bytes as programs see them, and as they are on the disk."""

    seen: bytearray = field(default_factory=bytearray)
    synced: bytes = b""


class _Folder:
    """A folder, which stays the same one when it is renamed."""


@dataclass(frozen=True)
class Call:
    """A call of the system with its arguments: paths, bytes or numbers."""

    name: str
    arguments: tuple[str, ...]
    result: int

    def path(self, at: int) -> str:
        """A path that was given as text, or that of a file handle; "" for none."""
        text = self.arguments[at]
        if text.startswith('"'):
            return self.data(at).decode("utf-8", "surrogateescape")
        match = re.search(r"<(.*)>$", text)
        return _unescaped(match[1]).decode("utf-8", "surrogateescape") if match else ""

    def data(self, at: int) -> bytes:
        return _unescaped(self.arguments[at].strip().strip('"'))


def _unescaped(text: str) -> bytes:
    return ast.literal_eval(f'b"{text}"') if "\\" in text else text.encode()


def record(command: list[str], environment: dict[str, str], log: Path) -> list[Call]:
    """Runs a command under strace and returns its calls in order."""
    subprocess.run(
        ["strace", "-f", "--seccomp-bpf", "-q", "-y", "-xx", "-s", "100000000", "-e", f"trace={CALLS}", "-o", str(log), *command],
        env=environment, check=True, capture_output=True, timeout=200,
    )  # fmt: skip
    return list(_calls(log))


def _calls(log: Path) -> Iterator[Call]:
    begun: dict[tuple[str, str], str] = {}
    with log.open("r", encoding="latin-1") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if match := _UNFINISHED.match(line):
                begun[match[1], match[2]] = match[3]
                continue
            if match := _RESUMED.match(line):
                rest = match[3].lstrip()
                start = begun.pop((match[1], match[2]), "")
                joint = ", " if start and not rest.startswith(")") else ""
                line = f"{match[1]} {match[2]}({start}{joint}{rest}"
            if (match := _LINE.match(line)) and int(match[3]) >= 0:
                found = tuple(each.strip() for each in _ARGUMENT.findall(match[2]) if each.strip())
                yield Call(match[1], found, int(match[3]))


class Disk:
    """A folder's files as a program sees them and as a power cut would leave them."""

    def __init__(self, root: Path, names: Names) -> None:
        """Begins with what is in ``root`` now, all of it on the disk."""
        self.root, self.names = root, names
        self._files: dict[str, _File | _Folder] = {}  # by path
        for path in sorted(root.rglob("*")):
            data = path.read_bytes() if path.is_file() else b""
            self._files[str(path)] = _Folder() if path.is_dir() else _File(bytearray(data), data)
        self._kept = dict(self._files)
        self._places: dict[tuple[str, int], int] = {}

    def play(self, call: Call) -> None:
        """Does a call; those that concern other folders change nothing."""
        match call.name:
            case "open" | "openat" | "creat":
                self._open(call)
            case "write":
                self._write(call)
            case "pwrite64":
                self._put(call.path(0), call.data(1)[: call.result], int(call.arguments[-1]))
            case "lseek":
                self._places[call.path(0), _number(call)] = call.result
            case "ftruncate" | "truncate":
                if file := self._file(call.path(0)):
                    size = int(call.arguments[1])
                    file.seen = file.seen[:size].ljust(size, b"\0")
            case "fsync" | "fdatasync":
                self._sync(call.path(0))
            case "sync":
                self._sync_all()
            case "rename" | "renameat" | "renameat2":
                paths = _texts(call)
                self._rename(paths[0], paths[1])
            case "link" | "linkat":
                paths = _texts(call)
                if self._inside(paths[1]) and (file := self._file(paths[0])):
                    self._files[paths[1]] = file
            case "unlink" | "unlinkat" | "rmdir":
                self._remove(_texts(call)[0], call)
            case "mkdir" | "mkdirat":
                if self._inside(path := _texts(call)[0]):
                    self._files[path] = _Folder()
        if self.names is Names.AT_ONCE:
            self._kept = self._files

    def _inside(self, path: str) -> bool:
        return path.startswith(f"{self.root}/")

    def _file(self, path: str) -> _File | None:
        file = self._files.get(path)
        return file if isinstance(file, _File) else None

    def _open(self, call: Call) -> None:
        path = next(iter(_texts(call)), "")
        if not path.startswith("/") or not self._inside(path):
            return
        flags = " ".join(call.arguments[1:])
        writing = "O_WRONLY" in flags or "O_RDWR" in flags
        if "O_CREAT" in flags and path not in self._files:
            self._files[path] = _File()
        file = self._file(path)
        if file is not None and "O_TRUNC" in flags and writing:
            file.seen = bytearray()
        self._places[path, call.result] = len(file.seen) if file is not None and "O_APPEND" in flags else 0

    def _write(self, call: Call) -> None:
        path, key = call.path(0), (call.path(0), _number(call))
        at = self._places.get(key, 0)
        self._put(path, call.data(1)[: call.result], at)
        self._places[key] = at + call.result

    def _put(self, path: str, data: bytes, at: int) -> None:
        if file := self._file(path):
            if len(file.seen) < at:
                file.seen.extend(bytes(at - len(file.seen)))
            file.seen[at : at + len(data)] = data

    def _rename(self, old: str, new: str) -> None:
        if not (self._inside(old) and self._inside(new)) or old not in self._files:
            return
        moved = {path: file for path, file in self._files.items() if path == old or path.startswith(f"{old}/")}
        for path in moved:
            del self._files[path]
        self._files = {path: file for path, file in self._files.items() if path != new}
        self._files |= {new + path[len(old) :]: file for path, file in moved.items()}
        self._places |= {
            (new + key[0][len(old) :], key[1]): at for key, at in self._places.items() if key[0].startswith(old)
        }

    def _remove(self, path: str, call: Call) -> None:
        if not path.startswith("/") and (folder := call.path(0)):  # named within an open folder
            path = f"{folder}/{path}"
        self._files.pop(path, None)

    def _sync(self, path: str) -> None:
        file = self._file(path)
        if file is not None:
            file.synced = bytes(file.seen)
            if self.names is Names.SYNCED:  # file systems put a new file's name down with it
                self._kept = {**self._kept, path: file}
        elif path in self._files or path == str(self.root):
            here = {each: kept for each, kept in self._files.items() if str(Path(each).parent) == path}
            kept = dict(self._kept)
            for each in [each for each in kept if str(Path(each).parent) == path and kept[each] is not here.get(each)]:
                kept = {name: value for name, value in kept.items() if name != each and not name.startswith(f"{each}/")}
            for each, value in here.items():
                if isinstance(value, _Folder) and each not in kept:  # it came with what was in it
                    kept |= {inner: held for inner, held in self._files.items() if inner.startswith(f"{each}/")}
                kept[each] = value
            self._kept = kept

    def _sync_all(self) -> None:
        for file in self._files.values():
            if isinstance(file, _File):
                file.synced = bytes(file.seen)
        self._kept = dict(self._files)

    def after_power_cut(self) -> dict[str, bytes | None]:
        """What would be on the disk now, by path; None is a folder."""
        return {path: None if isinstance(file, _Folder) else file.synced for path, file in self._kept.items()}


def lay_out(root: Path, content: dict[str, bytes | None]) -> None:
    """Puts a disk's content into a folder in place of all that is in it."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(mode=0o700)
    for name, data in sorted(content.items()):
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if data is None:
            path.mkdir(exist_ok=True, mode=0o700)
        else:
            path.write_bytes(data)
            path.chmod(0o600)


def _texts(call: Call) -> list[str]:
    return [call.path(at) for at, each in enumerate(call.arguments) if each.startswith('"')]


def _number(call: Call) -> int:
    return int(re.match(r"\d+", call.arguments[0])[0])  # type: ignore[index]
