"""The contract with Whoosh: each private part that kbapp stands on, what is relied on, and what breaks without it.

A release of Whoosh that changes one of them fails here by name, before any search goes wrong.
"""

from __future__ import annotations

import array
import inspect
import os
import pickle
import struct
from pathlib import Path

import pytest
import whoosh.codec.whoosh3
import whoosh.columns
import whoosh.filedb.structfile
import whoosh.index
from whoosh.codec.whoosh3 import W3Codec, W3Segment, W3TermInfo
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC
from whoosh.writing import SegmentWriter

from kbapp.search.codec import whoosh_internals
from kbapp.search.codec.whoosh_internals import IndexFiles, RefusedPickle, safe_loads
from kbapp.search.index.schema import schema
from kbapp.search.index.writer import FastSegmentWriter


@pytest.fixture
def files(tmp_path: Path) -> IndexFiles:
    """An index of two documents that kbapp wrote."""
    made = IndexFiles.create(tmp_path, schema())
    writer = FastSegmentWriter(made.index())
    for number, body in enumerate(("the wall of the harbour", "the wall fell and the wall rose")):
        writer.add_document(
            key=f"article/{number}", kind="article", kind_number=0, ref=number, published=number, body=body
        )
    writer.commit(merge=False)
    return made


@pytest.mark.parametrize(
    ("holder", "name", "breaks"),
    [
        (SegmentWriter, "_check_fields", "documents with unknown fields would be written"),
        (SegmentWriter, "_flush_segment", "Whoosh would write no terms of ours"),
        (SegmentWriter, "_commit_toc", "the database would not know the next table of contents"),
        (TOC, "_filename", "the table of contents could not be found to take its digest"),
        (TOC, "_latest_generation", "the newest generation could not be told"),
        (W3TermInfo, "_struct", "records of terms could not be written"),
        (W3TermInfo, "inlined_postings", "terms of one document could not be read"),
        (W3TermInfo, "extent", "segments of stock Whoosh could not be read"),
        (whoosh.codec.whoosh3, "_lenfield", "the lengths of fields could not be read, nor anything ranked"),
        (whoosh.codec.whoosh3, "LENGTHS_COLUMN", "the lengths of fields could not be read, nor anything ranked"),
        (whoosh.codec.whoosh3, "WHOOSH3_HEADER_MAGIC", "posting lists would begin at the wrong place"),
        (whoosh.codec.whoosh3, "loads", "posting blocks would be unpickled without the list of classes"),
        (whoosh.columns, "loads", "columns would be unpickled without the list of classes"),
        (whoosh.filedb.structfile, "load", "headers would be unpickled without the list of classes"),
        (whoosh.index, "pickle", "the table of contents would be unpickled without the list of classes"),
        (whoosh.index, "clean_files", "old segments would stay for ever"),
        (W3Codec, "POSTS_EXT", "the file of postings could not be found"),
    ],
)
def test_the_part_is_there(holder: object, name: str, breaks: str):
    assert hasattr(holder, name), f"without {name} {breaks}"


def test_the_record_of_a_term_is_laid_out_as_it_is_written():
    assert W3TermInfo._struct.format == "!BfIBBfII"
    info = W3TermInfo.from_bytes(whoosh_internals.term_record(7.0, 3, 1, 9, 4.0, 11, 99, 1234, 56))
    assert (info.weight(), info.doc_frequency(), info.min_id(), info.max_id()) == (7.0, 3, 11, 99)
    assert info._offset == 1234
    inlined = W3TermInfo.from_bytes(whoosh_internals.inlined_record(5, 2.0, 3, b"value"))
    assert inlined.is_inlined() and inlined.inlined_postings() == ((5,), (2.0,), (b"value",))


def test_the_writer_has_the_parts_that_ours_works_with(files: IndexFiles):
    writer = FastSegmentWriter(files.index())
    for name in ("docnum", "perdocwriter", "fieldwriter", "newsegment", "segments", "storage", "generation", "indexname", "_added"):  # fmt: skip
        assert hasattr(writer, name), name
    for name in ("_tindex", "_postfile", "_fieldmap"):
        assert hasattr(writer.fieldwriter, name), name
    writer.fieldwriter.start_field("body", schema()["body"])
    assert writer.fieldwriter._fieldid == 0
    writer.fieldwriter.finish_field()
    writer.cancel()
    assert "timeout" in inspect.signature(SegmentWriter.__init__).parameters


def test_columns_and_lengths_lie_in_the_files_as_plain_numbers(files: IndexFiles):
    (segment,) = files.toc().segments
    reader = segment.codec().per_document_reader(whoosh_internals.segment_storage(files.folder, segment), segment)
    name, column, code = whoosh_internals.lengths_column("body")
    assert (code, len(whoosh_internals.raw_column(reader, name, column))) == ("B", 2)
    column, default, code = whoosh_internals.numeric_column(schema()["ref"])
    assert default == 0 and struct.unpack("!2I", whoosh_internals.raw_column(reader, "ref", column)) == (0, 1)
    assert whoosh_internals.field_length(segment, "body") > 0


def test_a_table_of_contents_is_written_to_memory_byte_for_byte():
    memory = RamStorage()
    segment = W3Segment(W3Codec(), "MAIN")
    TOC(schema(), [segment], 4).write(memory, "MAIN")
    read = TOC.read(memory, "MAIN")
    assert read.generation == 4 and [each.segment_id() for each in read.segments] == [segment.segment_id()]


class _Acts:
    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.target),)


@pytest.mark.parametrize("protocol", [0, 2, 4])
def test_a_pickle_that_would_run_something_is_refused(tmp_path: Path, protocol: int):
    data = pickle.dumps(_Acts(tmp_path / "ran"), protocol)
    with pytest.raises(RefusedPickle):
        safe_loads(data)
    with pytest.raises(RefusedPickle):
        whoosh.codec.whoosh3.loads(data)
    with pytest.raises(RefusedPickle):
        whoosh.index.pickle.loads(data)
    with pytest.raises(RefusedPickle):
        safe_loads(b"cos\nsystem\n(Vtrue\ntR.")
    assert not (tmp_path / "ran").exists()


def test_what_an_index_holds_is_read():
    for value in (
        ([1, 2], array.array("H", [3, 4]), (b"\x00\xff", b"")),
        {"fieldmap": {"body": 0}},
        {1, 2},
        frozenset("a"),
    ):
        for protocol in (2, 5):
            assert safe_loads(pickle.dumps(value, protocol)) == value
