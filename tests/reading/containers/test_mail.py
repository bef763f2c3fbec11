"""Mail is read as a mail program shows it, and not a word of its text is lost."""

from __future__ import annotations

import base64
import quopri

import pytest

from kbapp.errors import Code, UnreadableFile
from kbapp.reading import read
from kbapp.reading.containers import mail, mail_text

FIRST = "Harbour master Ilse Brandt left her office this morning."
SECOND = "The town will look for another before the ferries sail again in spring, and nobody expects that to be easy."


def message(body: bytes | str, content: str = "text/plain; charset=utf-8", *, subject: str = "A vacancy", extra: str = "",
            sender: str = "Nora Feld <nora@quay.example>") -> bytes:  # fmt: skip
    head = (
        f"From: {sender}\nTo: you@quay.example\nSubject: {subject}\nDate: Mon, 3 Jun 2024 08:30:00 +0200\n"
        f"Message-ID: <7@quay.example>\nMIME-Version: 1.0\nContent-Type: {content}\n{extra}\n"
    )
    return head.encode() + (body.encode() if isinstance(body, str) else body)


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(data, "a.eml")[0].blocks]


def test_the_first_paragraph_of_a_message_stays():
    (article,) = read(message(f"{FIRST}\n\n{SECOND}\n\nMore tomorrow.\n"), "a.eml")
    assert [block.text for block in article.blocks] == [FIRST, SECOND, "More tomorrow."]
    assert (article.title, article.subtitle, article.published) == ("A vacancy", None, "2024-06-03T08:30:00+02:00")
    assert [author.name for author in article.authors] == ["Nora Feld"] and article.source == "quay.example"
    assert article.provenance["title"] == "mail subject" and article.provenance["authors"] == "mail sender"


def test_greeting_signature_and_quoted_words_stay():
    words = " ".join(
        texts(message(f"Dear all,\n\n{SECOND}\n\nYours,\nNora\n\n-- \nQuay Office\n\n> You wrote:\n> is she gone?\n"))
    )
    for part in ("Dear all,", SECOND, "Yours,", "Nora", "Quay Office", "You wrote: is she gone?"):
        assert part in words


def test_the_first_paragraph_of_an_html_message_stays():
    page = f"<html><body><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    assert texts(message(page, "text/html; charset=utf-8")) == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("text", "coded", "label"),
    [
        ("Žluté přístavy čekají na loď", "iso-8859-2", "iso-8859-2"),
        ("Гавань ждёт нового начальника порта, сообщает мэрия", "koi8-r", "koi8-r"),
        ("Гавань ждёт нового начальника порта, сообщает мэрия", "cp1251", "us-ascii"),
        ("Der Hafen sucht Käufer für die Fähre", "utf-8", "us-ascii"),
        ("Der Hafen sucht Käufer für die Fähre", "utf-8", "iso-8859-1"),
        ("Der Hafen sucht „Käufer“ – für die Fähre", "cp1252", "iso-8859-1"),
        ("Der Hafen sucht Käufer für die Fähre", "cp1252", "utf-8"),
        ("Der Hafen sucht Käufer für die Fähre", "utf-8", "x-no-such-thing"),
        ("港務局長今天早上離開了辦公室", "big5", "big5"),
    ],
)
def test_encodings_that_are_said_wrong(text, coded, label):
    body = f"{text}.\n\n{text}.\n".encode(coded)
    assert (
        texts(message(body, f"text/plain; charset={label}", extra="Content-Transfer-Encoding: 8bit\n"))
        == [f"{text}."] * 2
    )


@pytest.mark.parametrize("undo", [quopri.encodestring, base64.encodebytes])
def test_a_transfer_encoding_that_is_not_named(undo):
    body = f"{SECOND} Fähre, Käufer, Übersee, Möwe, Größe.\n".encode() * 4
    assert "Fähre, Käufer, Übersee" in texts(message(undo(body)))[0]


def test_raw_letters_in_headers():
    data = message(SECOND, subject="SUBJECT").replace(b"SUBJECT", "Příliš mnoho lodí".encode("cp1250"))
    data = data.replace(b"charset=utf-8", b"charset=windows-1250")
    assert read(data, "a.eml")[0].title == "Příliš mnoho lodí"


FORWARDED = {
    "gmail": "---------- Forwarded message ---------\nFrom: Omar Reyes <omar@gazette.example>\nDate: Sun, Jun 2, 2024 at 7:00 AM\nSubject: Ferries sold\nTo: <all@gazette.example>\n\n\n",
    "apple": "Begin forwarded message:\n\nFrom: Omar Reyes <omar@gazette.example>\nSubject: Ferries sold\nDate: 2 June 2024 at 07:00:00 CEST\nTo: all@gazette.example\n\n",
    "outlook": "-----Ursprüngliche Nachricht-----\nVon: Omar Reyes <omar@gazette.example>\nGesendet: 2. Juni 2024 07:00\nAn: Alle\nBetreff: Ferries sold\n\n",
    "french": "-------- Message transféré --------\nDate : 2 juin 2024\nDe : Omar Reyes <omar@gazette.example>\nPour : tous\nObjet : Ferries sold\n\n",
}  # fmt: skip


@pytest.mark.parametrize("maker", FORWARDED)
@pytest.mark.parametrize("comment", ["", "Have you seen this?\n\n"])
def test_a_forwarded_message_is_by_who_wrote_it(maker, comment):
    (article,) = read(
        message(f"{comment}{FORWARDED[maker]}{FIRST}\n\n{SECOND}\n", subject="Fwd: Ferries sold"), "a.eml"
    )
    assert article.title == "Ferries sold" and [author.name for author in article.authors] == ["Omar Reyes"]
    assert article.published is not None and article.published.startswith("2024-06-02")
    shown = [block.text for block in article.blocks]
    assert shown[-2:] == [FIRST, SECOND] and (shown[0] == "Have you seen this?") is bool(comment)
    assert "gazette.example" not in article.text


def test_an_answer_keeps_what_it_quotes():
    words = texts(message(f"I agree.\n\n{FORWARDED['outlook']}{SECOND}\n", subject="Re: Ferries sold"))
    assert words[0] == "I agree." and any("Omar Reyes" in text for text in words)


def test_small_print_of_newsletters_goes_and_their_text_stays():
    page = (
        "<html><body><div style='display:none'>Only for the inbox</div><p><a href='x'>View in your browser</a></p>"
        f"<h1>A vacancy</h1><p>By Nora Feld</p><p>{FIRST}</p><p>{SECOND}</p>"
        "<p>Sie erhalten diese Mail, weil Sie sich angemeldet haben.</p><p>Abmelden</p><p>Quay 1, Port</p></body></html>"
    )
    (article,) = read(message(page, "text/html; charset=utf-8", sender="The Quay <news@quay.example>"), "a.eml")
    assert [block.text for block in article.blocks] == [FIRST, SECOND]
    assert [author.name for author in article.authors] == ["Nora Feld"] and article.source == "The Quay"


@pytest.mark.parametrize(
    ("sender", "author", "source"),
    [
        ('"Feld, Nora" <n@quay.example>', ["Nora Feld"], "quay.example"),
        ("Nora Feld from The Quay Letter <n@quay.example>", ["Nora Feld"], "The Quay Letter"),
        ("Nora Feld (via Lists) <n@quay.example>", ["Nora Feld"], "quay.example"),
        ("Quay News <n@quay.example>", [], "Quay News"),
        ("n@quay.example", [], "quay.example"),
    ],
)
def test_who_sent_it(sender, author, source):
    (article,) = read(message(SECOND, sender=sender), "a.eml")
    assert ([each.name for each in article.authors], article.source) == (author, source)


def test_a_message_that_only_carries_another():
    inner = message(SECOND, subject="Ferries sold", sender="Omar Reyes <omar@gazette.example>").decode()
    outer = f"--b\nContent-Type: text/plain\n\nFYI\n--b\nContent-Type: message/rfc822\n\n{inner}\n--b--\n"
    (article,) = read(message(outer, 'multipart/mixed; boundary="b"', subject="Fwd: Ferries sold"), "a.eml")
    assert (article.title, [each.name for each in article.authors]) == ("Ferries sold", ["Omar Reyes"])


def mailbox(count: int, body: str = SECOND) -> bytes:
    one = "From {n}@x Mon Jun 03 08:30:00 2024\nFrom: Nora Feld <n@quay.example>\nSubject: Letter {n}\nDate: Mon, 3 Jun 2024 08:30:00 +0200\n\n{body}\n\n"
    return "".join(one.format(n=n, body=body) for n in range(count)).encode()


def test_a_line_that_begins_with_from_is_text():
    body = f"{SECOND}\n\nFrom where I stand the quay looks empty.\n\n>From time to time a boat calls."
    articles = read(mailbox(2, body), "a.mbox")
    assert [article.title for article in articles] == ["Letter 0", "Letter 1"]
    assert "From where I stand" in articles[0].text and articles[1].blocks[-1].text.startswith("From time to time")


def test_a_line_that_begins_with_from_above_one_like_a_header_is_text():
    body = f"{SECOND}\n\nFrom the quay, in short\nNote: the boats are late."
    articles = read(mailbox(2, body), "a.mbox")
    assert [article.title for article in articles] == ["Letter 0", "Letter 1"]
    assert all("From the quay" in article.text and "boats are late" in article.text for article in articles)


def test_all_messages_of_a_large_mailbox_are_read():
    assert len(read(mailbox(2_300), "a.mbox")) == 2_300


def test_what_is_beyond_the_limit_is_told(monkeypatch):
    monkeypatch.setattr(mail, "MAX_ITEMS", 3)
    articles = read(mailbox(5), "a.mbox")
    assert len(articles) == 3
    (notice,) = articles[0].warnings
    assert notice.code is Code.ITEMS_LEFT_OUT and dict(notice.fields) == {"read": "3", "total": "5"}


def test_apple_mails_file():
    raw = message(SECOND)
    assert texts(f"{len(raw)}\n".encode() + raw + b'<?xml version="1.0"?><plist><dict/></plist>') == [SECOND]


def test_a_message_without_text_says_so():
    with pytest.raises(UnreadableFile) as error:
        read(message(b"", "image/png"), "a.eml")
    assert error.value.code is Code.MESSAGE_WITHOUT_TEXT


def test_subjects_lose_their_marks():
    assert mail_text.plain_subject("Re: FW: AW: [2] Ferries") == "[2] Ferries"
    assert mail_text.plain_subject("Reading the tides") == "Reading the tides"
