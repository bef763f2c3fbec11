"""The words of bylines in many languages: what announces a name, what joins two, and what stands beside one without being it."""

from __future__ import annotations

import re

# Words that announce an author only before a colon; many are ordinary words otherwise.
CUES_WITH_COLON = (
    "author|authors|byline|writer|reporter|from|words|story|report|text|autor|autora|autores|autorin|autoren|autori|auteur|auteurs|autore|autrice|"
    "de|di|da|tekst|texte|texto|testo|teksti|автор|авторы|автори|авторка|текст|записала|записал|συντάκτης|κείμενο|"
    "yazan|yazar|haber|szerző|írta|skribent|forfatter|författare|kirjoittaja|toimittaja|penulis|tác giả|"
    "كتب|كتبت|كاتب|الكاتب|تحرير|إعداد|المؤلف|نویسنده|نوشته|کاتب|مصنف|מאת|כתב|כתבה|המחבר|लेखक|लेखिका|"
    "作者|作家|撰文|撰稿|記者|记者|编辑|文|著者|筆者|執筆|執筆者|取材・文|ライター|글|기자|글쓴이|작성자|โดย|เรื่อง|ผู้เขียน"
)
# Words that announce an author by themselves.
CUES = (
    "by|written by|words by|story by|text by|reported by|report by|posted by|published by|contributed by|"
    "von|verfasst von|geschrieben von|erstellt von|veröffentlicht von|ein beitrag von|ein kommentar von|eine analyse von|"
    "par|écrit par|rédigé par|publié par|por|escrito por|publicado por|di|a cura di|scritto da|pubblicato da|"
    "door|geschreven door|av|skriven av|skrevet av|af|skrevet af|oleh|автор|текст|γράφει ο|γράφει η|του|της|yazan|"
    "بقلم|كتب|كتبت|كتبه|نوشته|به قلم|מאת|द्वारा|โดย|文／|文/|文：|撰文|本报记者|本報記者|記者|记者|文＝|文・|取材・文"
)
# Between two names: safe anywhere, and those that only count between two whole names.
JOINERS = re.compile(
    r"\s*(?:;|\||·|•|⋅|\s&\s|\band\b|\bund\b|\bet\b|\bwith\b|\bmit\b|\bavec\b|\bsowie\b|、|，|،|؛|\s/\s|／)\s*", re.I
)
WEAK_JOINERS = re.compile(
    r"\s+(?:y|e|i|a|og|och|en|ja|ve|u|та|и|й|και|és|și|si|dan|và|ir|un|con|con la|met|med|plus|و)\s+", re.I
)
# What follows is somebody else: who took the pictures, translated, checked.
OTHERS = re.compile(
    r"\b(?:photo(?:graph)?s?|photography|pictures?|images?|illustrations?|illustrated|graphics?|video|drawings?|art|design(?:ed)?|edited|translated|translation|"
    r"fact[- ]?checked|reviewed|medically reviewed|additional reporting|research|produced|narrated|"
    r"fotos?|bilder|bild|illustration(?:en)?|grafik(?:en)?|übersetzt|übersetzung|redigiert|photos?|traduit|traduction|fotograf[ií]as?|traducci[oó]n|ilustraciones|"
    r"fotografie|traduzione|foto's|vertaling|zdjęcia|tłumaczenie|фото|перевод|фотографии|编辑|編輯|责任编辑|責任編輯|责编|編集|审校|校对|翻译|图片?|圖片?|摄影|攝影|撮影|写真|翻訳|译|사진)\b\s*(?:\w+\s+)?(?:by|von|par|por|di|door|av|af|:|：|/|／)\s*",
    re.I,
)
READING_TIME = re.compile(
    r"[\s(|·•,–—-]*\b\d+\s*[-–]?\s*\d*\s*(?:min(?:s|\.|ute[sn]?|uten|uti|uto[s]?)?\b|minutos?|минут\w*|分钟|分|분)\.?\s*(?:read\w*|de lectura|de lecture|lesezeit|lesedauer|di lettura|leestid|lästid|lesetid)?.*$",
    re.I,
)
WHEN = re.compile(
    r"[\s,;|·•–—(-]*\b(?:(?:first |last )?(?:published|posted|updated|modified|printed|created)|veröffentlicht|aktualisiert|stand|zuerst|erschienen|publié|mis à jour|"
    r"publicado|actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|publicerad|uppdaterad|publisert|oppdatert|опубликовано|обновлено)\b"
    r"(?: on| at| am| le| el| il| den| op)?[\s:].*$|[\s,;|·•–—(-]*\b(?:updated|aktualisiert|zuerst|published|posted)\s*:?\s*$",
    re.I,
)
WEEKDAY = re.compile(
    r"[\s,;|·•–—-]+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|"
    r"samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|heute|gestern|today|yesterday)\b.*$",
    re.I,
)
NETWORKS = re.compile(
    r"\b(?:twitter|facebook|instagram|linkedin|mastodon|bluesky|threads|youtube|tiktok|pinterest|whatsapp|telegram|reddit|rss|e-?mail|website|follow|share|bio|full bio|"
    r"profile|read more|see more|view all|more|contact|subscribe|comments?|print|copy link|listen|save|home|menu|search|login|sign in|x)\b",
    re.I,
)
OUR_REPORTER = re.compile(
    r"^(?:our|onze|unser(?:e[mnr]?)?|notre|nos|nostr[aio]|nuestr[ao]s?|noss[ao]s?|vår[at]?|vores|nasz\w*|наш\w*)\s+(?:\w+\s+)?"
    r"(?:correspond\w+|korrespond\w+|corrispond\w+|reporter\w*|redakteur\w*|redacteur\w*|verslaggever\w*|mitarbeiter\w*|envoyée?s?(?: spéciale?s?)?|"
    r"inviat[aeio]|enviad[ao]s?(?: especial\w*)?|medarbe[jt]\w+|utsänd\w*|корреспондент\w*)(?:\s+(?:in|à|a|en|aus|te|på|da|w|в)\s+[^\s,]+\s*(?=,))?,?\s+",
    re.I,
)
"""What stands before the name in "By our correspondent in Rome, Ada Holm"."""
HONORIFICS = re.compile(
    r"^(?:(?:dr|prof|mr|mrs|ms|mx|sir|dame|rev|hon|dipl\.-ing|ing|mag|univ\.-prof|pd|dott|dott\.ssa|sra?|mme|mlle|me)\.?|professor|doctor|reverend|herr|frau)\s+(?=\S+\s+\S)",
    re.I,
)
DEGREES = re.compile(r"^(?:(?:[A-Z]\.?){2,6}(?:-[A-Z]{1,3})?|Ph\.?\s?D|[BM]Sc|Esq|Dr|Prof)\.?(?:\s(?:[A-Z]\.?){2,6})*$")
GENERATION = re.compile(r"^(?:jr|sr|ii|iii|iv)\.?$", re.I)
ROLE = re.compile(
    r"\b(?:reporters?|correspondents?|editors?|writers?|columnists?|contributors?|contributing|staff|bureau|chief|producers?|analysts?|news|newsletter|"
    r"newspapers?|times|post|herald|tribune|journal|magazine|press|guardian|media|network|online|service|agency|university|"
    r"institute|professor|special to|freelance|photographs?|photos?|graphics|illustrations?|updated|published|posted|minutes?|mins?|read|team|"
    r"director|manager|president|founder|co-founder|ceo|coo|cfo|cto|head of|officer|coordinator|specialist|consultant|engineer|strategist|marketer|expert|coach|"
    r"blogger|author|journalist(?:e|in)?|dietitian|nutritionist|grader|gardener|educator|horticulturalist|attorney|profile|view|technology|certified|licensed|senior|junior|vice|executive|research(?:er)?|fellow|content|marketing|"
    r"redakteur(?:in)?|redaktion|korrespondent(?:in)?|autor(?:in)?|volont[äa]r(?:in)?|rédact(?:eur|rice)|redactor[a]?|periodista|giornalista|redattore|redattrice|"
    r"redacteur|journalist|skribent|dziennikarz|корреспондент|журналист|редактор)\b",
    re.I,
)
