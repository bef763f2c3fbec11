"""What can go wrong outside the program's own fault. Everything that is not a UserError is a bug.

An error carries a code and the values that its sentence names. The code's value is that sentence in English, which says in
plain words what happened and what the user can do about it; ``i18n.message`` gives it in the user's language. Nothing ever
looks into the words: whoever needs to tell errors apart compares ``error.code``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """Everything that a person may be told. Names are stable; the value is the English sentence, with its ``{fields}``."""

    IMPORT_STOPPED = "The import stopped before its end. Everything reported so far is in your library; import the files again to get the rest."
    READING_NEEDS_MEMORY = "Reading this file needs too much memory; save only the article and try again."
    NESTED_TOO_DEEPLY = "This file is nested too deeply to be an article; save only the article and try again."
    READING_FAILED = "This file could not be read ({kind}); it may be damaged."
    READING_TOO_SLOW = "Reading took longer than {seconds} seconds; save only the article and try again."
    READER_BROKE_DOWN = "Reading this file broke down; it may be damaged. Open it in another program and save it again."
    FOLDER_FORBIDDEN = "The folder cannot be opened; allow reading it."
    FOLDER_WITHOUT_ARTICLES = (
        "There is no article in this folder; choose one that holds saved pages, PDFs or text files."
    )
    ARCHIVE_DAMAGED = "The archive is damaged or cut off; download it again."
    ARCHIVE_TOO_MANY_FILES = "The archive holds more than {count} files; unpack it and import the folder."
    ARCHIVE_METHOD_UNKNOWN = "This archive is packed in a way that kbapp cannot unpack, or locked by a password; unpack it first and import the folder."
    MEMBER_TOO_LARGE = "This file unpacks to far more than an article; it was left out."
    MEMBER_PASSWORD = "This file is locked by a password; unpack the archive with its password first."
    MEMBER_DAMAGED = "This file in the archive is damaged; download the archive again."
    ARCHIVE_TOO_DEEP = "Archives nested three deep are not read; unpack this one first."
    ARCHIVE_WITHOUT_ARTICLES = "There is no article in this archive."
    FEED_WITHOUT_ARTICLES = "There is no article with text in this feed."
    EXPORT_WITHOUT_ARTICLES = "There is no article with text in this export."
    LIST_WITHOUT_ARTICLES = "There is no article with text in this list."
    UNEXPECTED = "Something went wrong in kbapp; details are in the log."
    SETTINGS_NOT_WRITTEN = "The settings could not be written: {reason}"
    SETTINGS_LEFT_AS_THEY_ARE = "{file} has a mistake and is left as it is; this change holds until kbapp ends."
    NO_QT = (
        "Qt could not be loaded ({reason}). On Debian and Ubuntu: "
        "sudo apt install libegl1 libgl1 libxkbcommon0 libxcb-cursor0"
    )
    NO_DISPLAY = "There is no display to open a window on. The command line does everything without one: kbapp --help"
    IMPORT_BROKE_OFF = "The import stopped because something went wrong in kbapp; details are in the log."
    INDEX_NOT_UPDATED = (
        "The search index could not be brought up to date; it will be rebuilt the next time kbapp starts."
    )
    QUERY_TOO_LONG = "Only the first {count} characters of the search were used."
    QUERY_TOO_MANY_WORDS = "Only the first {count} words of the search were used."
    QUERY_BRACKETS = "Too many brackets inside one another; they were left out."
    QUERY_OPEN_BRACKET = "A bracket is not closed; it was taken to close at the end."
    QUERY_OPEN_QUOTE = "A quotation mark is not closed; all that follows it was taken for the phrase."
    QUERY_OPERATOR_ALONE = "“{operator}” needs words on both sides; it was left out."
    QUERY_NO_FIELD = "There is no field “{field}:”; it was searched for as a word."
    QUERY_KIND = "“kind:{text}” is not understood; after kind: write article, person or note."
    QUERY_IS = "“is:{text}” is not understood; after is: write unread, read or starred."
    QUERY_HAS = "“has:{text}” is not understood; after has: write note."
    QUERY_DATE = "“{field}:{text}” is not understood; after {field}: write a year, a month such as 2010-10, a day, 2009..2011 or last-month."
    SEARCH_INDEX_DAMAGED = "The search index is damaged and is being rebuilt; search again in a moment."
    SEARCH_PARTS = "“{word}” stands nowhere by itself; longer words that begin or end with it were searched for."
    SEARCH_HAN = "Simplified and traditional characters are told apart; try the other form."
    SEARCH_BEHIND = "{count} changes are not searched yet; the index is being brought up to date."
    SAVED_SEARCH_EMPTY = "There are no words to search for; type a search first and then save it."
    NO_SUCH_PAGE = "There is no page {address}."
    FILE_NOT_WRITTEN = "{file} cannot be written ({reason}); choose another place."
    LINUX_ONLY = "This is for Linux desktops; on Windows and macOS the installer makes the menu entry."
    MENU_NOT_WRITTEN = "{file} cannot be written ({reason}); the menu was not changed."
    FILE_NOT_READ = "{file} cannot be read ({reason}); check its permissions."
    NO_MARKDOWN_FILES = "There is no Markdown file in {folder}; choose the folder that holds your notes."
    NOTE_FILE_TOO_LARGE = "{file} is larger than {megabytes} MB; split it into several notes."
    NO_SUCH_FILE = "There is no such file; check the name."
    FILE_FORBIDDEN = "You are not allowed to read this file; change its permissions and import it again."
    FILE_UNREADABLE = "The file cannot be read ({reason}); copy it to this computer and try again."
    FILE_TOO_LARGE = "The file is larger than {megabytes} MB; split it or save only the article."
    FILE_CHANGED = "The file changed while it was being read; import it again when it is complete."
    NO_SUCH_ARTICLE = "There is no article “{ref}” in the library."
    LIBRARY_FAILED = "{file} cannot be opened or written ({reason})."
    LIBRARY_READ_ONLY = "{file} is read-only; allow writing to it, or choose another library."
    DISK_FULL = "The disk that holds {folder} is full; free some space and try again. Nothing was lost."
    LIBRARY_BUSY = "Another program is writing to {file}; wait until it is done and try again."
    LIBRARY_DAMAGED = "{file} is damaged; restore the newest backup from its backups folder."
    LIBRARY_IS_A_FILE = "{folder} is a file, not a folder; choose a folder for the library."
    LIBRARY_FOLDER_UNUSABLE = "The library folder {folder} cannot be used ({reason}); choose another one."
    ORIGINAL_DISK_FULL = (
        "The disk that holds {folder} is full; free some space and import again. Nothing half-written was kept."
    )
    LIBRARY_FOLDER_NOT_WRITTEN = "The library folder {folder} cannot be written ({reason}); allow writing to it."
    DAILY_BACKUP_FAILED = "The daily backup {file} could not be written ({reason}); free some space on that disk."
    NO_LIBRARY_HERE = "There is no kbapp library in {folder}. Choose the folder that holds library.db."
    FOLDER_NOT_EMPTY = "{folder} is not empty. Choose an empty folder."
    NOT_A_BACKUP = "{file} is not a complete kbapp backup, so the library was left as it is. Choose another backup."
    LIBRARY_TOO_NEW = "This library was made by a newer version of kbapp; install the newest version to open it."
    PASSAGE_NOT_FOUND = "These words are not in the article; copy the passage exactly as it stands there."
    PICTURE_FORMAT = "Only PNG, JPEG, GIF and WebP pictures can be put into a note; convert it to one of these."
    PICTURE_TOO_LARGE = "This picture is {megabytes} MB; a note takes up to {limit} MB. Make it smaller."
    NO_SUCH_NOTE = "There is no note {ref}."
    NO_SUCH_PICTURE = "There is no picture {ref} in the notes."
    NO_SUCH_BOARD = "There is no board {ref}."
    BOARD_WITHOUT_TITLE = "A board needs a title; type the topic that its notes are about."
    WRONG_PASSPHRASE = "Wrong passphrase or recovery key. Try again."
    NOTES_NOT_PROTECTED = "These notes are not locked by a passphrase."
    OLD_NOTE_TEXT_REMAINS = "Your notes are encrypted, but old text may remain in free space of the library because another program is using it. Close that program and run: kbapp check --repair"
    LOCKED_NOTE_DAMAGED = "A locked note is damaged and cannot be read; restore it from a backup."
    NOTES_LOCKED = "Your notes are locked; unlock them with your passphrase first."
    NOTE_CHANGED_ELSEWHERE = "This note was changed in another window; both texts are kept, choose which one stays."
    NO_SUBJECT = "There is no {kind} {ref} to put a note on."
    EMPTY_PASSPHRASE = "An empty passphrase protects nothing; choose some words that only you know."
    NOTES_ALREADY_PROTECTED = "These notes already have a passphrase; change it instead."
    PORTRAIT_FORMAT = "A portrait is a PNG, JPEG, GIF or WebP picture of at most 20 MB; choose another file."
    SAME_PERSON = "These are the same person already; choose two different people to merge."
    PERSON_WITHOUT_NAME = "A person needs a name; type one or keep the old one."
    NAME_NOT_IN_ARTICLE = "“{name}” is not in this article; select the name as it is written there."
    NOTHING_TO_UNDO = "There is no change to take back."
    NO_SUCH_PERSON = "There is no person “{ref}” in the library."
    RECOGNISER_MISSING = "The settings choose spaCy with the model {model}, which is not installed. Install it with “pip install kbapp[spacy]” and “python -m spacy download {model}”, or set “recogniser: kbapp”."
    TABLE_UNKNOWN = "kbapp does not know what the columns of this table mean; name them title, text, author, date and url in its first line and import it again."
    DATA_UNKNOWN = "kbapp does not know what the parts of this {form} file mean; export it from its program as a web page, Markdown or CSV and import that."
    LIST_OF_FEEDS = "This is a list of feeds, which holds no article; import the pages or a file of the feed itself."
    EXPORT_CUT_OFF = "The export ends in the middle; what stands before is read. Export it again."
    ENTRIES_LEFT_OUT = "Entries of this file that cannot be read were left out: {count}."
    ENCRYPTED_PART = "A part of this note is encrypted and was left out; decrypt it in its program and export it again."
    ENCRYPTED_NOTE = "This note is encrypted; decrypt it in its program and export it again."
    NOT_A_NOTE = "This file is a notebook or tag of Joplin without a text of its own."
    NOTE_IN_TRASH = "This note is in the trash of its program; restore it there if you want to import it."
    CLIPPING_LIMIT = (
        "The Kindle kept no more of this book than its publisher allows; highlights without their words: {count}."
    )
    DATABASE_LAYOUT_UNKNOWN = (
        "This file is from {database}, but is laid out in a way that kbapp does not know; it was read as one article."
    )
    FEWER_ARTICLES_THAN_ANNOUNCED = (
        "The file announces {announced} articles, but only {found} are in it; download it again if it was cut off."
    )
    FEWER_WORDS_THAN_ANNOUNCED = (
        "The database counts {announced} words in this article, but only {found} are in the file."
    )
    ONLY_THE_ABSTRACT = "The file holds only a summary of this article, not its full text."
    PAGES_LEFT_OUT = "Only the first {read} of {total} pages were read; split the document to get the rest."
    SCAN_WITHOUT_TEXT = "This document holds pictures of pages and no text, so it can only be found by its name. Run text recognition (OCR) on it and import it again."
    TEXT_RECOGNISED = "The text was recognised from pictures of pages and may contain mistakes."
    OCR_UNAVAILABLE = "Text recognition needs the program tesseract, which is not installed; install it and import this document again."
    NOT_A_REGULAR_FILE = "This is a pipe, a socket or a device and not a file; choose a file."
    EMPTY_PATH = "An empty name is not a file; type the name of a file or folder."
    ITEMS_LEFT_OUT = "Only the first {read} of {total} items in this file were read; split the file to get the rest."
    FILE_EMPTY = "The file is empty; there is no article in it."
    NO_ARTICLE_TEXT = "There is no article text in this file; open the article itself and save that page."
    NO_REFERENCES = "There is no reference with a title in this list; export it again."
    REFERENCES_DAMAGED = "This list of references is damaged; export it again."
    FEED_DAMAGED = "This feed is damaged; download it again."
    NO_PAGE_IN_MHTML = "There is no page in this MHTML file; save it again from the browser."
    OUTLOOK_DAMAGED = (
        "This Outlook message is damaged or cut off; open it in Outlook and save it again, or as a text or HTML file."
    )
    MAILBOX_WITHOUT_TEXT = "There is no message with text in this mailbox."
    MESSAGE_WITHOUT_TEXT = (
        "This message holds no text; if its article is attached, save the attachment and import that."
    )
    WEB_ARCHIVE_WITHOUT_ARTICLE = "There is no article in this web archive."
    WEB_ARCHIVE_DAMAGED = "This web archive is damaged or cut off; download it again."
    WORD_DAMAGED = "This Word document is damaged; open it in a word processor and save it again."
    EBOOK_DAMAGED = "This e-book is damaged: its table of contents is missing. Download it again."
    EBOOK_WITHOUT_TEXT = "There is no text in this e-book; if it is copy-protected, kbapp cannot read it."
    RTF_DAMAGED = "This RTF file is damaged; open it in a word processor and save it again."
    FILE_CUT_OFF = "The file is damaged or cut off; download or export it again."
    UNPACKS_TOO_LARGE = "This file unpacks to far more than a document; it was left alone."
    PART_MISSING = "The file is damaged: a part of it is missing. Export it again."
    PASSWORD_PROTECTED = "This file is locked by a password; save it without one."
    FILE_DAMAGED = "The file is damaged; export it again."
    PDF_WITHOUT_TEXT = (
        "This PDF holds pictures of pages and no text; run it through a text recognition (OCR) program first."
    )
    PDF_DAMAGED = "This PDF is damaged or cut off; download it again."
    PDF_PASSWORD = "This PDF is locked by a password; open it in a PDF program, save it without, and import that."
    NOT_TEXT = "This is not a text file; open it in the program that made it and save it as text or PDF."
    NO_ADDRESS = "There is no web address in this file."
    NO_LINKS = "There is no link in this list; export it again."
    ARCHIVE_NOT_DOCUMENT = "This archive is not a document; import it as an archive or unpack it first."
    NOT_AN_ARTICLE = "This is {what}, not an article; save the article as a web page, PDF or text."
    PAGE_TOO_LARGE = "The page is too large to be an article; save it in the browser's reader view and try again."
    PAGE_WITHOUT_ARTICLE = "There is no article text on this page; open the article itself and save that page."
    PAGE_MOSTLY_LEFT_OUT = "Much of this page's text ({share} %) was left out, as it did not look like a part of the article; if something is missing, save the page in the browser's reader view."
    PAGE_DAMAGED = "This page is empty or damaged; save it again from the browser."
    NOTE_VERSION_GONE = "This version of the note is no longer kept."
    NO_SUCH_COMPONENT = "kbapp contains nothing called “{ref}”."
    INDEX_NOT_WRITTEN = (
        "The search index in {folder} cannot be written ({reason}); free some space or check its permissions."
    )
    SETTINGS_NOT_LINES = "{file} should hold lines such as “theme: dark”; the defaults are used."
    SETTINGS_NOT_READ = "The settings in {file} cannot be read ({reason}); the defaults are used."
    SETTINGS_MISTAKE = "{file} has a mistake in line {line}; the defaults are used until it is corrected."
    SETTING_UNKNOWN = "{file}, line {line}: there is no setting “{key}”; the defaults are used."
    SETTING_WRONG_TYPE = "{file}, line {line}: {key} cannot be “{value}”; the defaults are used."
    SETTING_NOT_A_CHOICE = "{file}, line {line}: {key} is one of {choices}; the defaults are used."
    SETTING_OUT_OF_RANGE = "{file}, line {line}: {key} must be between {least} and {most}; the defaults are used."
    EMPTY_TAG = "A tag needs at least one letter; type a word."
    NO_SUCH_TAG = "Nothing has the tag “{tag}”."
    NO_SUCH_FIELD = "There is no field “{field}”; the fields are {fields}."
    ARTICLE_WITHOUT_TITLE = "An article needs a title; type one or keep the old one."
    NOT_AN_ADDRESS = "“{address}” is not a web address; it should begin with https:// or http://."
    NOT_A_LANGUAGE = "“{language}” is not a language code; type one such as en, de or ar."
    NOT_A_DATE = "“{date}” is not a date; type one such as 2010-10-18, 2010-10 or 2010."
    NO_SUCH_CHANGE = "There is no change {id} in the history."
    CHANGE_UNDONE_ALREADY = "Change {id} has already been undone."
    CHANGE_NOT_UNDONE = "Change {id} has not been undone, so it cannot be redone."
    CHANGE_OVERTAKEN = "Change {id} can no longer be undone or redone: what it changed has been changed again since."
    CHANGE_RECORD_DAMAGED = "Change {id} cannot be undone: its record in the library is damaged."
    ARTICLE_IS_STUB = "This page seems to hold no article, but a notice such as “subscribe to read on” or “page not found”; save it again when you can read the article."
    STUB_KEPT_AS_VERSION = "This copy of “{title}” holds only a notice such as “subscribe to read on” or “page not found”. Your text was not replaced; the copy is kept among its earlier versions."
    OLDER_KEPT_AS_VERSION = "This copy of “{title}” is older or shorter than the one in your library, which stays; the copy is kept among its earlier versions."
    LIBRARY_CLOSED = "The library has been closed."
    LIBRARY_NOT_OURS = "{file} holds something that kbapp never puts there ({what}), so it was not opened. Restore the library from a backup of your own."
    LIBRARY_OTHERS_CAN_READ = (
        "Other users of this computer can read the folder {folder}; its permissions were left as they are."
    )
    LIBRARY_OPENED_READ_ONLY = "The library in {folder} can only be read; nothing is changed in it."
    ORIGINAL_NOT_OURS = "The library names an original file that is none of its own ({key}); it was not opened."
    LIBRARY_IN_USE = (
        "The library in {folder} is open in kbapp; close its windows and wait for its commands to end, then try again."
    )
    PASSPHRASE_TOO_SHORT = "A passphrase needs at least {least} characters; choose a few words that only you know."
    CHECK_DATABASE_DAMAGED = "The database is damaged: {what}. Restore a backup."
    CHECK_ROW_WITHOUT_TARGET = "A row of {table} points to a row of {target} that is not there."
    CHECK_ORIGINAL_NOT_OURS = "The original of article {id} “{title}” lies outside of the library; it is not used."
    CHECK_ORIGINAL_MISSING = "The original of article {id} “{title}” is missing; import its file again to put it back."
    CHECK_ORIGINAL_CHANGED = "The original of article {id} “{title}” has changed since it was imported; import its file again to put it back."
    CHECK_PICTURE_MISSING = "A picture of article {id} is missing."
    CHECK_COUNTS_WRONG = "{count} counts are wrong ({table}, {column})."
    CHECK_TOTALS_WRONG = "These totals are wrong: {names}."
    CHECK_OLD_NOTE_TEXT = "Old text of your locked notes may still be readable in the library's files; close other windows and run: kbapp check --repair"
    CHECK_LEFTOVER = "A half-written file was left by a crash: {file}."
    CHECK_INDEX_STALE = (
        "The search index is missing, damaged or not the library's own; it can be rebuilt with: kbapp rebuild-index"
    )
    EXPORT_FOLDER_IS_LINK = (
        "The folder {folder} is a link that leads elsewhere; remove it or choose another folder to export to."
    )
    EXPORT_DISK_FULL = "The disk is full, so the export in {folder} is not complete; free some space and export again."
    EXPORT_ROW_DAMAGED = "The data of this export hold something that kbapp never writes ({table}), so nothing of it was taken in. Import its folder “articles” to read the pages alone."
    EXPORT_FILE_CHANGED = "The file {file} of this export is missing or was changed or damaged, so nothing of the export was taken in. Export again, or import its folder “articles” to read the pages alone."
    EXPORT_UNFINISHED = "The export in {folder} was interrupted and is not complete; only its pages are read as articles. Export again to get everything."
    EXPORT_TEXT_EDITED = "The text of this page was edited in the folder; the article came back as it was exported. Import the file {file} by itself to take the edited text in."
    EXPORT_MERGED = "The library was not empty: of this export its articles were added. Corrections of people and boards come back only into an empty library; add notes with: kbapp note import"


class Term(str):
    """A word of ours among the fields of a sentence ("a picture"); it is translated along with it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that went well enough and still must be told: what was cut, guessed or left out."""

    code: Code
    fields: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The sentence in English, for logs and the command line."""
        return self.code.value.format(**self.fields)


class UserError(Exception):
    """Something that a person can act on.

    Args:
        code: What happened.
        fields: The values that the sentence of ``code`` names.
    """

    def __init__(self, code: Code, /, **fields: object) -> None:
        super().__init__(code, fields)
        self.code = code
        self.fields = fields

    def __str__(self) -> str:
        """The sentence in English, for logs and the command line."""
        return self.code.value.format(**self.fields)

    def __reduce__(self) -> tuple[object, ...]:  # errors come back from reading processes
        return _rebuild, (type(self), self.code, self.fields)


def _rebuild(kind: type[UserError], code: Code, fields: dict[str, object]) -> UserError:
    error = kind.__new__(kind)
    UserError.__init__(error, code, **fields)
    return error


class UnreadableFile(UserError):
    """A file that holds no article that kbapp can read."""


class LibraryUnavailable(UserError):
    """The library cannot be opened or written: missing rights, a full disk, a damaged or newer file."""


class NotFound(UserError):
    """No article, person or note has this id or name."""


class InvalidSettings(UserError):
    """The settings file is not what it should be; the message names the line."""
