"""The folder of an export: writes only what changed, keeps what somebody else changed, and looks whole only when it is."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kbapp.errors import Code, UserError
from kbapp.importing.export_manifest import FORMAT, MANIFEST, UNFINISHED, VERSION, read_manifest

CHANGED = "changed"  # where files go that somebody changed since they were written


class ExportFolder:
    """One folder that is being written. Its list of files, which makes it whole, comes last.

    Raises UserError from every method when the disk is full, read-only, or a folder in it leads elsewhere.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.expanduser().absolute()
        self._written: dict[str, str] = {}  # SHA-256 by path
        self._folders: set[Path] = set()
        self._begun = False
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            there = self.root / MANIFEST
            former = read_manifest(self.root / UNFINISHED) if not there.exists() else read_manifest(there)
        except OSError as error:
            raise self._not_written(self.root, error) from error
        self._former: Mapping[str, str] = former["files"] if former else {}

    def write(self, path: str, data: bytes) -> bool:
        """Makes a file say this; returns whether it had to be written."""
        digest = hashlib.sha256(data).hexdigest()
        return self._put(path, digest, data)

    def copy(self, path: str, source: Path, digest: str) -> bool:
        """Makes a file the copy of one whose SHA-256 is known; one of the same size that was copied before is left alone."""
        target = self._target(path)
        try:
            if self._former.get(path) == digest and target.stat().st_size == source.stat().st_size:
                self._written[path] = digest
                return False
        except OSError:
            pass
        try:
            data = source.read_bytes()
        except OSError as error:
            raise UserError(Code.FILE_NOT_READ, file=source, reason=error.strerror) from error
        return self._put(path, hashlib.sha256(data).hexdigest(), data)

    def finish(self, about: Mapping[str, Any]) -> list[Path]:
        """Takes away what the export no longer holds, then writes the list that says that it is whole.

        Returns the files that were taken away. Files that somebody else changed or put there stay.
        """
        gone = []
        for path in sorted(self._former.keys() - self._written.keys()):
            target = self._target(path)
            try:
                if target.is_file() and not target.is_symlink() and _digest(target) == self._former[path]:
                    self._begin()
                    target.unlink()
                    gone.append(target)
            except OSError as error:
                raise self._not_written(target, error) from error
        listing = {"format": FORMAT, "version": VERSION, **about, "files": dict(sorted(self._written.items()))}
        data = (json.dumps(listing, ensure_ascii=False, indent=1) + "\n").encode()
        target = self.root / MANIFEST
        try:
            if not target.is_file() or target.read_bytes() != data:
                # What an import reads has to be on disk before the list that tells of it; pages and originals are told by
                # their digests, and waiting for each of thousands would take longer than writing them.
                for path in self._written:
                    if path.startswith("data/"):
                        _sync(self.root / path)
                _replace(target, data, durable=True)
            (self.root / UNFINISHED).unlink(missing_ok=True)
        except OSError as error:
            raise self._not_written(target, error) from error
        return gone

    def _put(self, path: str, digest: str, data: bytes) -> bool:
        target = self._target(path)
        self._written[path] = digest
        try:
            there = target.read_bytes() if target.is_file() and not target.is_symlink() else None
            if there == data:
                return False
            self._begin()
            if there is not None and hashlib.sha256(there).hexdigest() != self._former.get(path):
                self._keep(path, target)
            self._make_folder(target.parent)
            if there is None and not target.is_symlink():
                _write_new(target, data)
            else:
                _replace(target, data)
        except OSError as error:
            raise self._not_written(target, error) from error
        return True

    def _begin(self) -> None:
        """From the first change on the folder no longer says that it is whole, but still knows what was written before."""
        if self._begun:
            return
        self._begun = True
        whole = self.root / MANIFEST
        if whole.exists():
            whole.replace(self.root / UNFINISHED)
        elif not (self.root / UNFINISHED).exists():
            listing = {"format": FORMAT, "version": VERSION, "files": {}}
            _write_new(self.root / UNFINISHED, json.dumps(listing).encode())

    def _keep(self, path: str, target: Path) -> None:
        kept = self.root / CHANGED / path
        self._make_folder(kept.parent)
        number = 2
        while kept.exists():
            kept = kept.with_name(f"{target.stem} {number}{target.suffix}")
            number += 1
        target.rename(kept)

    def _target(self, path: str) -> Path:
        target = self.root / path
        if target.parent not in self._folders:
            for folder in target.relative_to(self.root).parents:
                if (self.root / folder).is_symlink() and folder.parts:
                    raise UserError(Code.EXPORT_FOLDER_IS_LINK, folder=self.root / folder)
        return target

    def _make_folder(self, folder: Path) -> None:
        if folder in self._folders:
            return
        missing = [each for each in (folder, *folder.parents) if each.is_relative_to(self.root) and not each.exists()]
        for each in reversed(missing):
            each.mkdir(mode=0o700)
        self._folders.add(folder)

    def _not_written(self, target: Path, error: OSError) -> UserError:
        if error.errno == errno.ENOSPC:
            return UserError(Code.EXPORT_DISK_FULL, folder=self.root)
        return UserError(Code.FILE_NOT_WRITTEN, file=target, reason=error.strerror)


def write_file(path: Path, data: bytes) -> None:
    """Writes one file that its owner alone may read, wholly or not at all. Raises UserError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _replace(path, data, durable=True)
    except OSError as error:
        raise UserError(Code.FILE_NOT_WRITTEN, file=path, reason=error.strerror) from error


def _replace(target: Path, data: bytes, *, durable: bool = False) -> None:
    partial = target.with_name(f".{hashlib.sha256(target.name.encode()).hexdigest()[:16]}.part")
    with contextlib.suppress(FileNotFoundError):
        partial.unlink()
    _write_new(partial, data)
    if durable:
        _sync(partial)
    partial.replace(target)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_new(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
