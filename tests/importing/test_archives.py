"""Archives of all kinds give the articles in them, and none can unpack to more than its share."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest

from kbapp.errors import Code
from kbapp.importing import archives
from kbapp.importing.source_file import SourceFile
from kbapp.importing.sources import expand_sources
from tests.conftest import HARBOUR

TEXT = HARBOUR.encode()
# Made by 7-Zip's methods: "a/tram.txt", an empty file, "a/ä ferry.txt" and a picture; the third behind the filter for programs.
SEVEN_ZIP = {
    "LZMA2": "N3q8ryccAARzrQJpMQEAAAAAAAAXAAAAAAAAAIDyxCPgCNgAk10AKhyIJvyMLIViQAb0a8TJJYNZwYzDiKvo4+Ile1nS/TiBpuUGCKZUhjz5jPdZeZcTscmeinmQEjE6iBMq1FhpMfy9zxbWwL0eWJMAjVfxNEE+1PQ86uXUD97wqT//UrWwosMl5+5poYlGJejqWjqxj8+G0+KFNtY1Tr7Z2TsGKHO7R9Ib0pMd/dFDFsxALIDttwoAAOAAxgCOXQAAgTMHrg/VMECb1mwpH0gdmPRwP/392ZP2l1LOIB5cf+b3nk+9j3Wln+ZxwtC/l90JhikqNSMZsSYxhxlRXJOcC5XbrHFPqmwYxhp1nO24DHV7azJ+9fOnnLNk7kUtTCMP+UGYCS9FG4LLwPl/mTayi5WHqBJObvy/QOB0gABbRNHhUfTMVOW0uUhuAAAAABcGgJsBCYCWAAcLAQABISEBGAyAxwAA",
    "LZMA": "N3q8ryccAAQqI6nXOwEAAAAAAAAXAAAAAAAAAJpYhlwAKhyIJvyMLIViQAb0a8TJJYNZwYzDiKvo49/3XvYd+JZMyxOefyKYN0IVr94o4f6gyKBDnG+rAaQa/y0C3y7KAse6oZbhB2533Qg4oUuqoJVDOHjN8y9Rqb8FnU01Om1gWoF7furrwtIL+J8Jml2RGkp5KLyhrd6pKOmuikTr+PiIl9x4krq63sqXpqzBr+xM7RR35msgwEpf/ovKDeAAzgCVXQAAgTMHrg/VMFGglmwpH0grQTJoxsBMy2/B/cDOnnIkumkFyk8HvDtKH4PtL5GoACg4u6fT9Gse2/dvzc1e+IdznS8TW2/irHbaQUWiW4lUugaxXb5UI1/UY0uoGNt+3pKrPs4+k+kYcrP1soNCJO5uIUFQ7EsNFNZDJjU92P7z+Lq4B6p73VjP/sqO6hQchWiMvwAAAAAXBoCeAQmAnQAHCwEAASEhARgMgM8AAA==",
    "BCJ and LZMA2": "N3q8ryccAAQiY10wOgEAAAAAAAAXAAAAAAAAAPL3kOXgCNgAk10AKhyIJvyMLIViQAb0a8TJJYNZwYzDiKvo4+Ile1nS/TiBpuUGCKZUhjz5jPdZeZcTscmeinmQEjE6iBMq1FhpMfy9zxbWwL0eWJMAjVfxNEE+1PQ86uXUD97wqT//UrWwosMl5+5poYlGJejqWjqxj8+G0+KFNtY1Tr7Z2TsGKHO7R9Ib0pMd/dFDFsxALIDttwoAAOAA0gCXXQAAgTMHrg/VMECb1mwnAeDu00tB9K9ZFmW2y0T4iKdgD+eLvhXwMoubvYkMwNpZRKyLtYXKSoCxBiJapcEVLjVU1WzXUgMURs77epgvVJRu87qV2kg5qIZSqzf+SscSXDx89tQPCdfTjqxN0//gU4ImIpdwqS54yfRa8172tOPUSDRmALajgk+Vk708OhhO2Agfs2ySAAAAABcGgJsBCYCfAAcLAQABISEBGAyA0wAA",
    "BZip2": "N3q8ryccAAQqY5Q1UwEAAAAAAAAXAAAAAAAAAGbGejtCWmg5MUFZJlNZZseBTQADEVfAABBABRGDZAA/Z96gACAwANtEYwAEwABMEVQAAAAAFVNJpk1TGiHqYGFNHtjgjd5dmTBVvs2eHhD5BNVampNjKMpgiLHMEVbw0BFX4EVYSM0tJzkkNXlzfbssqaOqGyE11kFlKIWNz3vR9SlmbJrOGuCEZviaHpCGKnRihcm/EHN6cLpXQt05P1ku5KM3VVgzUVkcNCsoIz4nJriCE3UFXj8XckU4UJBmx4FN4ADGAI1dAACBMweuD9UxByiXJNP+spd6zrBEHuWcapyIC0p5B9Wq/loMSekW/lD37aYofwafg+NE4OTMoiPbGb5TfbRN1MLXXEsNCTFPhm/ZRY3NhbbvMRJxrA/yeV38anL12Sb4qZt9SPp+PrO42aiJE+6iBlTCwr7yhcgMqZF/ih1cqa0RYBH2dFWaYBhgqAAAAAAXBoC+AQmAlQAHCwEAASEhARgMgMcAAA==",
    "Deflate": "N3q8ryccAATnD2E8IAEAAAAAAAAXAAAAAAAAAFftyurtzsENwjAMBdB7pvgDIIbgAKcikLqAS1w1UmojN1WVEbo1kAU4cUDy4V2s/63fG83QJ8sSThUdWSHc15RzCP3EEN5QPpGchFEU5X2cyAZdDRstrcoRKuhUIlUMtWVmqmoHkERMq0TjuOBBc/thKTJSwaiG0ZiP4cxm9cuMsWV+NmG/XS/OOeec+28v4ADGAI1dAACBMweuD9Uv5dfWbCkfR0u/NmWYSFjRe3gzztXy0kCz7rpsOsSy9A/3TygSMrAFAHrPxZSd0rAkJ1t7K4VbeEcZS5OfepYx+vWhNBq1QUXQ3L8XKf8hfQU2Vt8g2iXuEI6hgnViPwwEKrrCm7o7wRia8reG+gVrzm+6Ph/+lL4SJWDBAUt+d/YeD/gAAAAXBoCLAQmAlQAHCwEAASEhARgMgMcAAA==",
}
LOCKED = "N3q8ryccAAS7ZE6n8QAAAAAAAAAVAAAAAAAAAPrnMyHITjymObVj22M2wfMopirHtfvMrkdaeBxdn7m1F/QuG/z40ns9D/tFpO3HG2G+02g5wkYVR4ZUC8uskdyt4GM4sH4R8Dj7tPPe9odLk/YW6cEg/0fXwhwy5Rpf+yGdpoPXkSctRBwIwaOrw72N+O7lJu7vNnJqhKp4n/m9VxkFFgEAbAEEBgABCYCACgFYKwZHAAcLAQACJAbxBwESUw9KnnnbClBufEq9+PdxpAWpISEBGAEADH2AhgAICgHuCDLNAAAFARkEAAAAABENAGEALgB0AHgAdAAAABQKAQDglbQiiXzdARUGAQAggICBAAAAFwaAgAEJcQAHCwEAASEhARgMbQAA"


def tar(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


def expand(tmp_path: Path, name: str, data: bytes) -> list[SourceFile]:
    (tmp_path / name).write_bytes(data)
    return list(expand_sources([tmp_path / name]))


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("p.tar", bytes),
        ("p.tar.gz", gzip.compress),
        ("p.tgz", gzip.compress),
        ("p.tar.bz2", bz2.compress),
        ("p.tar.xz", lzma.compress),
    ],
)
def test_tar_archives(tmp_path: Path, name, pack):
    found = expand(
        tmp_path, name, pack(tar({"a/one.txt": TEXT, "../../two.txt": TEXT, "p.png": b"x", ".hidden": b"x"}))
    )
    assert [(each.name, each.data, each.error) for each in found] == [("one.txt", TEXT, None), ("two.txt", TEXT, None)]
    assert found[0].path == f"{tmp_path}/{name}/a/one.txt" and not found[0].explicit


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
def test_a_single_file_that_is_compressed(tmp_path: Path, suffix, pack):
    (found,) = expand(tmp_path, f"page.html.{suffix}", pack(b"<p>" + TEXT))
    assert (found.name, found.data, found.error, found.explicit) == ("page.html", b"<p>" + TEXT, None, True)


def test_a_compressed_web_archive_is_no_archive_to_look_into(tmp_path: Path):
    data = gzip.compress(b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n")
    (found,) = expand(tmp_path, "crawl.warc.gz", data)
    assert found.data == data


@pytest.mark.parametrize("method", SEVEN_ZIP)
def test_seven_zip_archives(tmp_path: Path, method):
    found = expand(tmp_path, "a.7z", base64.b64decode(SEVEN_ZIP[method]))
    texts = {each.path.removeprefix(f"{tmp_path}/a.7z/"): each.data for each in found}
    assert list(texts) == ["a/tram.txt", "empty.txt", "a/ä ferry.txt"] or list(texts) == ["a/tram.txt", "a/ä ferry.txt"]
    assert texts["a/tram.txt"].startswith(b"Tram opens\n") and texts["a/ä ferry.txt"].endswith(b"ride it for free.\n")
    assert all(each.error is None for each in found)


def test_a_seven_zip_archive_that_is_cut_off_or_bent_is_told(tmp_path: Path):
    whole = base64.b64decode(SEVEN_ZIP["LZMA2"])
    assert [each.error and each.error.code for each in expand(tmp_path, "cut.7z", whole[:200])] == [
        Code.ARCHIVE_DAMAGED
    ]
    for at in range(8, len(whole), 3):  # never an exception, whatever is wrong
        expand(tmp_path, "bent.7z", whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])


def test_what_is_locked_is_told(tmp_path: Path):
    (found,) = expand(tmp_path, "l.7z", base64.b64decode(LOCKED))
    assert found.error is not None and found.error.code is Code.ARCHIVE_METHOD_UNKNOWN


def test_archives_within_archives(tmp_path: Path):
    inner = gzip.compress(tar({"deep.txt": TEXT}))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("in.tar.gz", inner)
        archive.writestr("plain.txt", TEXT)
    found = expand(tmp_path, "o.zip", out.getvalue())
    assert sorted(each.name for each in found) == ["deep.txt", "plain.txt"]
    deeper = gzip.compress(tar({"o.zip": out.getvalue()}))
    assert Code.ARCHIVE_TOO_DEEP in {each.error.code for each in expand(tmp_path, "d.tgz", deeper) if each.error}


def test_bombs_cost_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archives, "MAX_BYTES", 1 << 20)
    (found,) = expand(tmp_path, "bomb.txt.gz", gzip.compress(bytes(2 << 20)))
    assert found.error is not None and found.error.code is Code.MEMBER_TOO_LARGE
    found_in_tar = expand(tmp_path, "bomb.tgz", gzip.compress(tar({"zero.txt": bytes(2 << 20), "good.txt": TEXT})))
    assert [each.error and each.error.code for each in found_in_tar] == [Code.MEMBER_TOO_LARGE, None]
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1 << 20)
    last = expand(tmp_path, "many.tgz", gzip.compress(tar({f"{n}.txt": bytes(300_000) for n in range(9)})))[-1]
    assert last.error is not None and last.error.code is Code.MEMBER_TOO_LARGE


def test_too_many_members_are_told_after_the_first_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    found = expand(tmp_path, "m.tar", tar({f"{n}.txt": TEXT for n in range(5)}))
    assert len(found) == 4 and found[-1].error is not None and found[-1].error.code is Code.ARCHIVE_TOO_MANY_FILES


def test_damage_is_told(tmp_path: Path):
    for name, data in (
        ("a.tgz", gzip.compress(tar({"one.txt": TEXT * 999}))[:-300]),
        ("b.xz", lzma.compress(TEXT * 99)[:-40]),
        ("c.zip", b"PK\x03\x04" + bytes(50)),
    ):
        last = expand(tmp_path, name, data)[-1]
        assert last.error is not None and last.error.code in (Code.ARCHIVE_DAMAGED, Code.MEMBER_DAMAGED)


def test_an_archive_without_articles_says_so(tmp_path: Path):
    (found,) = expand(tmp_path, "p.tar", tar({"p.png": b"x"}))
    assert found.error is not None and found.error.code is Code.ARCHIVE_WITHOUT_ARTICLES
