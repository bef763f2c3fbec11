"""Forwarded heads, signatures and the small print of newsletters: what a message's text holds beside the article."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kbapp.domain import Block

_FORWARD_LINE = re.compile(
    r"[-_ ]{3,}\s*(?:forwarded message|original message|weitergeleitete nachricht|ursprüngliche nachricht|message transféré|"
    r"message d'origine|mensaje reenviado|mensaje original|messaggio inoltrato|messaggio originale|doorgestuurd bericht|"
    r"mensagem encaminhada|пересылаемое сообщение|исходное сообщение|vidarebefordrat meddelande)\b[^\n]{0,60}"
    r"|(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié|inizio messaggio inoltrato|"
    r"inicio del mensaje reenviado|начало переадресованного сообщения)\s*:?", re.I)  # fmt: skip
_LABELS = {
    "from": "from von de da van от от кого från från fra 发件人 差出人",
    "date": "date sent datum gesendet envoyé fecha enviado data inviato verzonden дата отправлено skickat datum 日期 日時",
    "subject": "subject betreff objet sujet asunto assunto oggetto onderwerp тема ämne emne 主题 件名",
    "to": "to an à a pour para aan кому till til cc 收件人 宛先",
}
_LABEL_OF = {word: name for name, words in _LABELS.items() for word in words.split()}
_LABELLED = re.compile(r"\*{0,2}(?P<label>[^\W\d_][^:\n*]{0,18}):\*{0,2}\s*(?P<value>\S.*)")
_REPLY_PREFIX = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs|antw|i|r|enc|rif|ответ|пересл) ?(?:\[\d+\])? ?: ?)+", re.I)
_SMALL_PRINT = re.compile(
    r"\bunsubscribe\b|\bview (?:this (?:email|message|newsletter) )?in (?:your |a )?(?:web )?browser|you (?:are|were|have been)? ?receiv(?:ed|ing) this"
    r"|update your (?:email )?preferences|manage (?:your )?(?:preferences|subscription)|forward(?:ed)? (?:this|to) (?:email )?(?:to )?a friend"
    r"|newsletter abbestellen|abmelden|im browser (?:ansehen|anzeigen|öffnen)|sie erhalten diese|se désabonner|se désinscrire|désinscription"
    r"|voir (?:cet e-?mail|la version en ligne)|vous recevez ce|darse de baja|cancelar (?:la )?suscripción|ver en (?:el|tu) navegador"
    r"|annulla(?:re)? l'iscrizione|disiscriviti|uitschrijven|bekijk (?:deze|in)|cancelar (?:a )?(?:inscrição|subscrição)|отписаться|avregistrera"
    r"|退订|配信停止|구독 취소", re.I)  # fmt: skip
_MOST_SMALL_PRINT = 400  # characters of one paragraph of it
_LAST = 10


@dataclass(frozen=True, slots=True)
class ForwardedHead:
    """The head that a mail program puts above what it forwards: ``start`` and ``end`` are lines of the text."""

    start: int
    end: int
    sender: str = ""
    date: str = ""
    subject: str = ""


def forwarded_head(lines: list[str]) -> ForwardedHead | None:
    """The first head of a forwarded message among a text's lines."""
    for start, line in enumerate(lines):
        if not _FORWARD_LINE.fullmatch(line.strip(" \t-_>")) and not _FORWARD_LINE.fullmatch(line.strip()):
            continue
        found: dict[str, str] = {}
        end = start + 1
        for at in range(start + 1, min(start + 14, len(lines))):
            text = lines[at].strip(" \t>")
            match = _LABELLED.fullmatch(text)
            if match:
                if (name := _LABEL_OF.get(match["label"].strip().lower())) is not None:
                    found.setdefault(name, match["value"].strip(" *"))
                end = at + 1
            elif text and end == at and found and _continues(lines[at - 1], text):
                end = at + 1
            elif text:
                break
        if "from" in found and len(found) >= 2:
            return ForwardedHead(start, end, found["from"], found.get("date", ""), found.get("subject", ""))
    return None


def _continues(before: str, text: str) -> bool:
    """A long list of addressees is wrapped."""
    return before.rstrip().endswith((",", ";")) or bool(re.match(r"\S+@\S+$|<\S+>", text))


def is_header_line(text: str) -> bool:
    """Whether a line is one of a mail's head, quoted in the text ("Von: ...")."""
    match = _LABELLED.fullmatch(text)
    return "@" in text or (match is not None and match["label"].strip().lower() in _LABEL_OF)


def plain_subject(subject: str) -> str:
    """The subject without the marks of answers and forwarding."""
    subject = " ".join(subject.split())
    match = _REPLY_PREFIX.match(subject)
    return (subject[match.end() :].strip() or subject) if match else subject


def is_forward(subject: str) -> bool:
    """Whether the subject says that a message was passed on."""
    return bool(re.match(r"\s*(?:fwd?|wg|tr|rv|enc|i|пересл)\s*:", subject, re.I))


def is_small_print(text: str) -> bool:
    """Whether a paragraph is a newsletter's own furniture ("Unsubscribe", "View in browser")."""
    return len(text) <= _MOST_SMALL_PRINT and bool(_SMALL_PRINT.search(text))


def without_small_print(blocks: list[Block]) -> list[Block]:
    """The blocks without what a newsletter puts above and below its text: how to see it in a browser, how to leave the list.

    Below, everything from the first such line on is cut, as long as only short lines (an address, a copyright) follow.
    """
    start = 0
    while start < min(4, len(blocks) - 1) and is_small_print(blocks[start].text) and len(blocks[start].text) < 160:
        start += 1
    blocks = blocks[start:]
    for at in range(max(1, len(blocks) - _LAST), len(blocks)):
        if is_small_print(blocks[at].text) and all(len(each.text) <= _MOST_SMALL_PRINT for each in blocks[at:]):
            return blocks[:at]
    return blocks
