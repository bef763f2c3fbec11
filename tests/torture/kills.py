"""Kills the program at random moments and keeps account of everything that it had acknowledged."""

from __future__ import annotations

import collections
import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.torture.program import ROOT, Program, Run

_GIVEN = "Anna Peter Maria John Ivan Lena Omar Chen Sofia Luis Nadia Karl".split()
_FAMILY = "Marsh Kovacs Ortega Lindqvist Haddad Brandt Novak Silva Petrov Okafor".split()
_WORDS = "wall ferry storm council budget vote river stone bridge court".split()
_PASSPHRASE = "three grey herons"


@dataclass
class Account:
    """What the program said that it had done."""

    articles: dict[int, str] = field(default_factory=dict)  # id: the file that it came from
    notes: dict[int, str] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    tags: dict[tuple[int, str], bool] = field(default_factory=dict)


@dataclass
class Torture:
    """One library under torture. ``problems`` are sentences, ``kills`` counts by what was killed."""

    folder: Path
    seed: int = 1
    kills: collections.Counter[str] = field(default_factory=collections.Counter)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.program = Program(self.folder)
        self.account = Account()
        self.made = 0
        self.usual: dict[str, float] = {}
        (self.folder / "in").mkdir(parents=True)

    def begin(self) -> None:
        """The library that everything begins with."""
        self._take(self.program.run("import", *(str(self._article()) for _ in range(6))))
        self.program.run("note", "add", "library", "--text", "the first note")

    def kill(self, kind: str) -> None:
        """Does one thing and kills it somewhere within the time that it takes; then everything is looked for."""
        limit = self.usual.get(kind, 1.5)
        after = self.chance.uniform(0.05, limit * 1.1)
        started = time.monotonic()
        run = _KINDS[kind](self, after)
        if run is None:
            return
        if run.killed:
            self.kills[kind] += 1
            self.usual[kind] = min(limit * 1.03, 20.0)
        else:
            self.usual[kind] = max(0.3, (limit + time.monotonic() - started) / 2)
        if "Traceback" in run.errors or "bug of its own" in run.errors:
            self.problems.append(f"{kind}: {run.errors[-300:]}")
        self.look(kind)

    def look(self, kind: str) -> None:
        """Whether everything acknowledged is there, the library whole after its repair, and search right."""
        self.program.run("check", "--repair")
        check = self.program.run("check")
        if not check.lines or not check.lines[-1]["ok"]:
            self.problems.append(f"after {kind} the library is not whole: {check.lines or check.errors[-300:]}")
            return
        uri = f"file:{self.program.library}/library.db?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as db:
            self._compare(kind, db)
        if self.account.articles and self.chance.random() < 0.4:
            number, name = self.chance.choice(sorted(self.account.articles.items()))
            found = self.program.run("search", f"word{Path(name).stem}")
            if not any(hit["id"] == number and hit["kind"] == "article" for run in found.lines for hit in run["hits"]):
                self.problems.append(f"after {kind} article {number} is not found: {found.errors[-200:]}")

    def _compare(self, kind: str, db: sqlite3.Connection) -> None:
        articles = dict(db.execute("SELECT id, source_file FROM articles WHERE deleted IS NULL"))
        notes = {row[0]: row[1:] for row in db.execute("SELECT id, text, deleted FROM notes")}
        tags = set(db.execute("SELECT article, tag FROM article_tags"))
        said = self.account
        lost = [f"article {each}" for each, name in said.articles.items() if articles.get(each) != name]
        lost += [f"note {each}" for each, text in said.notes.items() if notes.get(each, ("", ""))[0] != text]
        lost += [f"deletion of note {each}" for each in said.deleted if notes[each][1] is None]
        lost += [f"tag {each}" for each, on in said.tags.items() if (each in tags) is not on]
        self.problems += [f"lost after {kind}: {each}" for each in lost]

    # --- what is done ---------------------------------------------------------------------------------------------
    def _article(self) -> Path:
        self.made += 1
        first, second, third = (
            f"{self.chance.choice(_GIVEN)} {self.chance.choice(_FAMILY)}" for _ in range(3)
        )  # fmt: skip
        words = " ".join(self.chance.choices(_WORDS, k=80))
        path = self.folder / "in" / f"a{self.seed}x{self.made}.txt"
        path.write_text(
            f"Report {self.seed} of {self.made} on the harbour\nBy {third}\n\n"
            f"Mayor {first} said on Monday that word{path.stem} would be built. {words}.\n\n"
            f"“We agree,” said {second}, a harbour engineer. {words}.\n"
        )
        return path

    def _take(self, run: Run) -> Run:
        for line in run.lines:
            if line.get("status") == "imported":
                self.account.articles[line["article"]] = Path(line["path"]).name
        return run

    def _import(self, after: float) -> Run:
        count = self.chance.randint(1, 30)
        return self._take(self.program.run("import", *(str(self._article()) for _ in range(count)), after=after))

    def _note(self, after: float) -> Run:
        text = f"note {self.chance.random()} #harbour"
        subject = str(self.chance.choice(sorted(self.account.articles)))
        run = self.program.run("note", "add", "article", subject, "--text", text, after=after)
        self.account.notes.update({line["id"]: text for line in run.lines})
        return run

    def _edit(self, after: float) -> Run | None:
        live = sorted(self.account.notes.keys() - self.account.deleted)
        if not live:
            return self._note(after)
        number = self.chance.choice(live)
        text = f"edited {self.chance.random()} " + "word " * self.chance.randint(1, 3000) + "end"
        before = self.account.notes.pop(number)
        run = self.program.run("note", "edit", str(number), "--text", text, after=after)
        now = text if run.lines else self._text_of(number)
        if now not in (before, text):
            self.problems.append(f"note {number} is half written")
        self.account.notes[number] = now
        return run

    def _text_of(self, number: int) -> str:
        with contextlib.closing(sqlite3.connect(self.program.library / "library.db")) as db:
            return str(db.execute("SELECT text FROM notes WHERE id = ?", (number,)).fetchone()[0])

    def _delete(self, after: float) -> Run | None:
        live = sorted(self.account.notes.keys() - self.account.deleted)
        if not live:
            return self._note(after)
        number = self.chance.choice(live)
        run = self.program.run("note", "delete", str(number), after=after)
        self.account.deleted |= {number} if run.lines else set()
        return run

    def _tag(self, after: float) -> Run:
        article, tag = self.chance.choice(sorted(self.account.articles)), f"t{self.chance.randint(1, 4)}"
        on = self.chance.random() < 0.7
        self.account.tags.pop((article, tag), None)
        run = self.program.run("tag", "add" if on else "remove", str(article), tag, after=after)
        if run.lines:
            self.account.tags[article, tag] = on
        return run

    def _people(self) -> list[int]:
        with contextlib.closing(sqlite3.connect(self.program.library / "library.db")) as db:
            return [row[0] for row in db.execute("SELECT id FROM people WHERE articles > 0 ORDER BY id")]

    def _merge(self, after: float) -> Run | None:
        people = self._people()
        if len(people) < 2:
            return None
        one, other = self.chance.sample(people, 2)
        return self.program.run("person", "merge", str(one), str(other), after=after)

    def _rename(self, after: float) -> Run:
        return self.program.run("person", "rename", str(self.chance.choice(self._people())), "Nora Quist", after=after)

    def _undo(self, after: float) -> Run:
        return self.program.run("person", "undo", after=after)

    def _rebuild(self, after: float) -> Run:
        return self.program.run("rebuild-index", after=after)

    def _backup(self, after: float) -> Run:
        target = self.folder / "copy.tar"
        target.unlink(missing_ok=True)
        run = self.program.run("backup", str(target), after=after)
        if run.lines and not target.exists():
            self.problems.append("a backup that was acknowledged is not there")
        if target.exists():
            with contextlib.suppress(tarfile.TarError), tarfile.open(target) as archive:
                if "library.db" in archive.getnames():
                    return run
            self.problems.append("half a backup stands under its final name")
        return run

    def _restore(self, after: float) -> Run | None:
        """A backup of this very moment is restored, so that everything must be there whether it was or was not."""
        target = self.folder / "whole.tar"
        if not self.program.run("backup", str(target)).lines:
            self.problems.append("no backup could be made")
            return None
        run = self.program.run("restore", str(target), after=after)
        for old in self.folder.glob("library-before-restore-*"):
            if self.program.library.exists():
                shutil.rmtree(old)
        return run

    def _migrate(self, after: float) -> Run:
        """The database is given the version before the last, whose step is then made anew where that is possible."""
        other = Program(self.folder / "old")
        shutil.rmtree(other.folder, ignore_errors=True)
        make_old_library(other.library)
        run = other.run("list", "notes", after=after)
        again = other.run("list", "notes")
        if [line["text"] for line in again.lines] != ["an old note"]:
            self.problems.append(f"a library that was killed while it was brought up to date: {again.errors[-300:]}")
        if not other.run("check").lines[-1]["ok"]:
            self.problems.append("a library that was killed while it was brought up to date is not whole")
        return run

    def _lock(self, after: float) -> Run:
        """Notes of a copy are locked; where they are, no file of it may say a word of them after the next start."""
        other = Program(self.folder / "locked")
        shutil.rmtree(other.folder, ignore_errors=True)
        other.folder.mkdir()
        other.run("note", "add", "library", "--text", "the quokkasecret #potorootag")
        other.run("search", "quokkasecret")
        run = other.run("note", "protect", after=after, KBAPP_PASSPHRASE=_PASSPHRASE)
        other.run("check", "--repair")
        with contextlib.closing(sqlite3.connect(other.library / "library.db")) as db:
            locked = db.execute("SELECT count(*) FROM vault").fetchone()[0]
        if locked and (files := _holding(other.folder, b"quokkasecret", b"potorootag")):
            self.problems.append(f"locked notes can be read in {files}")
        read = other.run("list", "notes", **({"KBAPP_PASSPHRASE": _PASSPHRASE} if locked else {}))
        if [line["text"] for line in read.lines] != ["the quokkasecret #potorootag"]:
            self.problems.append(f"a note was lost while it was locked: {read.errors[-200:]}")
        if run.lines and not locked:
            self.problems.append("notes were said to be locked and are not")
        return run

    def _window(self, after: float) -> Run | None:
        """The window opens the library, imports what it is given, and is killed; a note saved in it must be there."""
        text = f"from the window {self.chance.random()}"
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.window", str(self.program.library), text, str(self._article())],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, start_new_session=True,
            env={**self.program.variables(), "QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        killed = False
        try:
            out, _ = process.communicate(timeout=after + 1.5)
        except subprocess.TimeoutExpired:
            killed = True
            process.kill()
            out, _ = process.communicate(timeout=15)
        for line in out.decode().splitlines():
            kind, _, number = line.partition(" ")
            if kind == "note":
                self.account.notes[int(number)] = text
        return Run([], "", killed, process.returncode)


def make_old_library(folder: Path) -> None:
    """A library as the first version made it, with an article and a note. The steps since are all made at its next opening."""
    from kbapp.library import migrations

    folder.mkdir(parents=True, mode=0o700)
    first = sorted(Path(migrations.__file__).parent.glob("0001_*.sql"))[0].read_text("utf-8")
    with contextlib.closing(sqlite3.connect(folder / "library.db", isolation_level=None)) as db:
        db.executescript(f"BEGIN;{first};PRAGMA user_version=1;COMMIT;")
        db.execute(
            "INSERT INTO notes (text, created, modified, about_kind) VALUES ('an old note', '2020', '2020', 'library')"
        )


def _holding(folder: Path, *words: bytes) -> list[str]:
    found = []
    for name, _, files in os.walk(folder):
        for file in files:
            with contextlib.suppress(OSError):
                data = (Path(name) / file).read_bytes()
                if any(word in data for word in words):
                    found.append(file)
    return sorted(found)


_KINDS: dict[str, Callable[[Torture, float], Any]] = {
    "import": Torture._import, "note": Torture._note, "note edit": Torture._edit, "note delete": Torture._delete,
    "tag": Torture._tag, "merge": Torture._merge, "rename": Torture._rename, "undo": Torture._undo,
    "index": Torture._rebuild, "backup": Torture._backup, "restore": Torture._restore, "migration": Torture._migrate,
    "locking": Torture._lock, "window": Torture._window,
}  # fmt: skip
KINDS = tuple(_KINDS)
