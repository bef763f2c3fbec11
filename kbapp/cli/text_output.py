"""Results in words, for people."""

from __future__ import annotations

from typing import Any

from kbapp.domain import Article, Profile
from kbapp.errors import Code, UserError
from kbapp.library.undo import Change

_HINTS = {  # what helps on the command line, and would not in the window
    Code.NO_SUCH_ARTICLE: "`kbapp list articles` shows what there is.",
    Code.NO_SUCH_NOTE: "`kbapp list notes` shows what there is.",
    Code.NO_SUCH_PERSON: "`kbapp list people` shows who there is.",
    Code.LIBRARY_DAMAGED: "Restore it with: kbapp restore FILE",
    Code.LOCKED_NOTE_DAMAGED: "Restore it with: kbapp restore FILE",
    Code.LIBRARY_FOLDER_UNUSABLE: "Name another one with --library.",
}


def error_text(error: UserError) -> str:
    """An error's sentence, and which command helps."""
    return f"{error} {_HINTS[error.code]}" if error.code in _HINTS else str(error)


def article_text(article: Article) -> str:
    """An article: its head, its body, and a line for each person and bio."""
    lines = [article.title]
    if article.subtitle:
        lines.append(article.subtitle)
    about = [", ".join(author.name for author in article.authors), article.published or "", article.source or ""]
    lines.append(" · ".join(part for part in about if part))
    lines += ["", article.text, ""]
    lines += [
        f"{person.name}: {person.description or 'no description'} ({len(person.mentions)} mentions)"
        for person in article.people
    ]
    lines += [f"{author.name}: {author.bio}" for author in article.authors if author.bio]
    return "\n".join(lines)


def profile_text(profile: Profile) -> str:
    """A person: names, what they wrote, where they are mentioned, and with whom most."""
    lines = [profile.name + (f", {profile.description}" if profile.description else "")]
    if profile.aliases:
        lines.append("also: " + ", ".join(profile.aliases))
    lines += [f"wrote: {each.title} ({each.published or 'no date'})" for each in profile.wrote]
    lines += [
        f"in: {each.title} ({each.published or 'no date'}, {each.mentions} mentions)" for each in profile.mentioned_in
    ]
    lines += [f"with: {each.name} ({each.articles})" for each in profile.often_with[:10]]
    return "\n".join(lines)


def hits_text(value: dict[str, Any]) -> str:
    """The results of a search, as ``kbapp search --json`` gives them."""
    lines = [f"{value['total']} found in {value['took_ms']:.0f} ms"]
    for hit in value["hits"]:
        lines += [f"{hit['kind']} {hit['id']}: {hit['title']}", f"    {hit['snippet']}"]
    return "\n".join(lines)


def change_text(change: Change) -> str:
    """A change of the journal: its number, what was done, and to what."""
    what = f"{change.command.value}: {', '.join(change.names)}" if change.names else change.command.value
    return f"{change.id}  {what}" + ("  (undone)" if change.undone else "")
