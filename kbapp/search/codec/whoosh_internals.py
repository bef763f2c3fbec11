"""Every private part of Whoosh that kbapp touches, and how its pickles are read safely.

Whoosh promises none of these names; ``tests/search/codec/test_whoosh_internals.py`` holds each of them to what is relied on
and says what breaks when a release changes it. No other module of kbapp imports a private name of Whoosh.

Whoosh keeps its table of contents, its hash files' headers and its posting blocks as pickles, and a pickle may run any code
when it is read. ``install`` gives all of Whoosh's reading an unpickler that knows the classes of an index and refuses others.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import struct
import types
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import whoosh.codec.whoosh3
import whoosh.columns
import whoosh.filedb.structfile
import whoosh.index
from whoosh.codec.whoosh3 import LENGTHS_COLUMN, WHOOSH3_HEADER_MAGIC, W3Codec, W3TermInfo, _lenfield
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC, FileIndex, LockError, clean_files
from whoosh.writing import SegmentWriter

from kbapp.search.codec import checksums

__all__ = [
    "BLOCK_MAGIC", "UNREADABLE", "IndexFiles", "LockError", "RefusedPickle", "RestrictedSegmentWriter", "Toc", "field_length",
    "inlined_postings", "inlined_record", "lengths_column", "numeric_column", "posting_extent", "postings_name", "raw_column",
    "safe_loads", "segment_storage", "term_record",
]  # fmt: skip

INDEX_NAME = "MAIN"
BLOCK_MAGIC: bytes = WHOOSH3_HEADER_MAGIC
"""The four bytes before the first block of a posting list."""

_TERM_HEAD: struct.Struct = W3TermInfo._struct
_EXTENT = struct.Struct("!qi")
_SHORT = struct.Struct("!H")

_KNOWN_CLASSES = frozenset(
    [
        ("array", "_array_reconstructor"), ("array", "array"), ("builtins", "frozenset"), ("builtins", "set"), ("builtins", "int"), ("re", "_compile"),
        ("__builtin__", "frozenset"), ("__builtin__", "set"), ("__builtin__", "int"), ("__builtin__", "bytes"), ("builtins", "bytes"), ("collections", "defaultdict"),
        ("whoosh.analysis.analyzers", "CompositeAnalyzer"), ("whoosh.analysis.filters", "CharsetFilter"),
        ("whoosh.analysis.filters", "LowercaseFilter"), ("whoosh.analysis.filters", "StopFilter"), ("whoosh.analysis.filters", "StripFilter"),
        ("whoosh.analysis.morph", "StemFilter"), ("whoosh.analysis.tokenizers", "IDTokenizer"), ("whoosh.analysis.tokenizers", "RegexTokenizer"),
        ("whoosh.codec.whoosh3", "W3Codec"), ("whoosh.codec.whoosh3", "W3Segment"), ("whoosh.columns", "NumericColumn"),
        ("whoosh.fields", "COLUMN"), ("whoosh.fields", "ID"), ("whoosh.fields", "KEYWORD"), ("whoosh.fields", "Schema"), ("whoosh.fields", "TEXT"),
        ("whoosh.formats", "Existence"), ("whoosh.formats", "Frequency"), ("whoosh.formats", "Positions"), ("whoosh.lang.porter", "stem"),
    ]
)  # fmt: skip
"""What the pickles of an index made by kbapp or by stock Whoosh with kbapp's schema name; none of it acts when it is made."""


class RefusedPickle(pickle.UnpicklingError):
    """A pickle in the index names something that no index of ours holds."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("_codecs", "encode"):  # how pickles of the second protocol write bytes
            return _latin1
        if (module, name) not in _KNOWN_CLASSES:
            raise RefusedPickle(f"{module}.{name} does not belong in a search index")
        return super().find_class(module, name)


def _latin1(text: str, _encoding: str = "latin1") -> bytes:
    return text.encode("latin1")


def safe_load(file: Any) -> Any:
    """``pickle.load`` for files of the index. Raises RefusedPickle for anything that is no part of an index."""
    return _Unpickler(file).load()


def safe_loads(data: bytes | memoryview) -> Any:
    """``pickle.loads`` for bytes of the index. Raises RefusedPickle for anything that is no part of an index."""
    return _Unpickler(io.BytesIO(data)).load()


def install() -> None:
    """Makes Whoosh read every pickle by the short list of classes; called when this module is imported."""
    whoosh.index.pickle = types.SimpleNamespace(
        loads=safe_loads, load=safe_load, dumps=pickle.dumps, dump=pickle.dump, PicklingError=pickle.PicklingError
    )
    whoosh.codec.whoosh3.loads = safe_loads
    whoosh.columns.loads = safe_loads
    whoosh.filedb.structfile.load = safe_load


install()

UNREADABLE = (
    OSError, ValueError, EOFError, KeyError, IndexError, TypeError, AttributeError, ImportError, AssertionError, OverflowError,
    MemoryError, struct.error, pickle.UnpicklingError, whoosh.index.IndexError,
)  # fmt: skip
"""What reading damaged files of an index may raise."""


class Toc:
    """A table of contents: the segments of one generation of the index, and the schema they were written with."""

    def __init__(self, toc: TOC) -> None:
        self.schema: Any = toc.schema
        self.segments: list[Any] = list(toc.segments)
        self.generation = int(toc.generation)


class IndexFiles:
    """The files of one index folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def create(cls, folder: Path, schema: Any) -> IndexFiles:
        """Starts an empty index in a folder that exists."""
        FileIndex.create(FileStorage(str(folder)), schema, INDEX_NAME)
        return cls(folder)

    def generation(self) -> int:
        """The newest generation in the folder, -1 when there is no table of contents."""
        try:
            return int(TOC._latest_generation(FileStorage(str(self.folder)).list(), INDEX_NAME))
        except OSError:
            return -1

    def digest(self, generation: int) -> str:
        """SHA-256 of the table of contents of a generation, in hexadecimal; empty when it cannot be read."""
        try:
            return hashlib.sha256((self.folder / TOC._filename(INDEX_NAME, generation)).read_bytes()).hexdigest()
        except OSError:
            return ""

    def toc(self) -> Toc:
        """The newest table of contents. Raises one of UNREADABLE."""
        return Toc(TOC.read(FileStorage(str(self.folder)), INDEX_NAME))

    def index(self) -> FileIndex:
        """The index as Whoosh opens it."""
        return FileIndex(FileStorage(str(self.folder)), indexname=INDEX_NAME)


class RestrictedSegmentWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's segment writer taken apart: documents and terms are written ready made, the table of contents last.

    Args:
        index: The index to add a segment to.
        block: Postings in a block.
        publishing: Called with the digest of the new table of contents before it can be seen.
        timeout: Seconds to wait for another process that writes. Raises LockError after them.
    """

    def __init__(
        self, index: FileIndex, block: int, publishing: Callable[[str], None] | None = None, timeout: float = 0.0
    ) -> None:
        super().__init__(index, codec=W3Codec(blocklimit=block, compression=0), compound=False, timeout=timeout)
        self._publishing = publishing

    # --- documents --------------------------------------------------------------------------------------------------
    def check_fields(self, fields: Iterable[str]) -> None:
        """Raises when the schema has no field of one of these names."""
        self._check_fields(self.schema, fields)

    def begin_document(self) -> None:
        self.perdocwriter.start_doc(self.docnum)

    def put_field(self, name: str, field: Any, value: Any, length: int) -> None:
        """A field of the document begun: what is stored of it, its column's value and its length in words."""
        self.perdocwriter.add_field(name, field, value if field.stored else None, length)
        if field.column_type:
            self.perdocwriter.add_column_value(name, field.column_type, field.to_column_value(value))

    def end_document(self) -> None:
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1

    # --- terms ------------------------------------------------------------------------------------------------------
    def flush(self, posts: Any) -> None:
        """Writes all terms of the segment. Overridden by the writer that gathered them."""
        raise NotImplementedError

    def begin_terms(self) -> Any:
        """Ends the documents; returns the file that posting lists are written to."""
        self.perdocwriter.close()
        return self.fieldwriter._postfile

    def begin_field(self, name: str, field: Any) -> bytes:
        """Begins a field's terms and returns what each of their keys starts with."""
        self.fieldwriter.start_field(name, field)
        return _SHORT.pack(self.fieldwriter._fieldid)

    def put_term(self, key: bytes, record: bytes) -> None:
        """A term's record (``term_record``); terms come in the order of their bytes."""
        self.fieldwriter._tindex.add(key, record)

    def end_field(self) -> None:
        self.fieldwriter.finish_field()

    def _flush_segment(self) -> None:
        posts = self.begin_terms()
        self.flush(posts)
        paths = list(self.segment_paths())
        sync_files([*paths, checksums.write(self.newsegment.segment_id(), paths)])

    def end_terms(self) -> None:
        self.fieldwriter.close()

    def segment_paths(self) -> Iterator[Path]:
        """The files of the segment being written."""
        for name in self.newsegment.list_files(self.storage):
            yield Path(self.storage.folder) / name

    # --- the table of contents --------------------------------------------------------------------------------------
    def _commit_toc(self, segments: list[Any]) -> None:
        """Puts the table of contents in place: its digest is told first, and it is on the disk before it can be seen."""
        memory = RamStorage()
        TOC(self.schema, segments, self.generation).write(memory, self.indexname)
        name = TOC._filename(self.indexname, self.generation)
        data = bytes(memory.files[name])
        folder = Path(self.storage.folder)
        partial = folder / f"{name}.part"
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if self._publishing is not None:
            self._publishing(hashlib.sha256(data).hexdigest())
        partial.replace(folder / name)
        sync_folder(folder)
        clean_files(self.storage, self.indexname, self.generation, segments)


def sync_files(paths: Iterable[Path]) -> None:
    """Puts files on the disk, for their owner alone; power may fail at any moment."""
    for path in paths:
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):
            path.chmod(0o600)


def sync_folder(folder: Path) -> None:
    """Puts a folder's list of names on the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# --- records of terms -----------------------------------------------------------------------------------------------
def term_record(
    weight: float, count: int, shortest: int, longest: int, high: float, first: int, last: int, at: int, size: int
) -> bytes:
    """The record of a term whose postings lie in ``size`` bytes at ``at``; lengths are length bytes."""
    return bytes(_TERM_HEAD.pack(0, weight, count, shortest, longest, high, first, last)) + _EXTENT.pack(at, size)


def inlined_record(document: int, weight: float, length: int, value: bytes) -> bytes:
    """The record of a term that stands in one document only, its posting within."""
    head = _TERM_HEAD.pack(1, weight, 1, length, length, weight, document, document)
    return bytes(head) + pickle.dumps(((document,), (float(weight),), (value,)), 2)


def inlined_postings(
    terms: Any, field: str, term: bytes
) -> tuple[tuple[int, ...], tuple[float, ...], tuple[bytes, ...]]:
    """(ids, weights, values) of a term that keeps its postings in its record."""
    ids, weights, values = terms.term_info(field, term).inlined_postings()
    return tuple(ids), tuple(weights), tuple(values)


def posting_extent(info: Any) -> tuple[int, int]:
    """Where a term's postings begin and how many bytes they are; (-1, 0) for a term that keeps them in its record."""
    return (-1, 0) if info.is_inlined() else info.extent()


# --- columns and lengths --------------------------------------------------------------------------------------------
def lengths_column(field: str) -> tuple[str, Any, str]:
    """(name, column, type code) of the column that holds the length byte of a field in each document."""
    return _lenfield(field), LENGTHS_COLUMN, "B"


def numeric_column(field: Any) -> tuple[Any, int, str]:
    """(column, default, type code) of a numeric column's field."""
    column = field.column_type
    return column, column._default, column._typecode


def raw_column(reader: Any, name: str, column: Any) -> bytes:
    """The bytes of a column as they lie on the disk; empty when no document has it."""
    if not reader.has_column(name):
        return b""
    values = reader.column_reader(name, column)
    return bytes(values._dbfile.get(values._basepos, values._count * values._fixedlen))


def field_length(segment: Any, name: str) -> int:
    """The words of a field over all documents of a segment."""
    return int(segment._fieldlengths.get(name, 0))


def segment_storage(folder: Path, segment: Any) -> Any:
    """Where the segment's files are: its folder, or the one file that stock Whoosh packs them into."""
    storage = FileStorage(str(folder))
    return segment.open_compound_file(storage) if segment.is_compound() else storage


def postings_name(segment: Any) -> str:
    """The name of the segment's file of postings."""
    return str(segment.make_filename(segment.codec().POSTS_EXT))
