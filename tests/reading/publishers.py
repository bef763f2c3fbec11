"""Sixty saved pages of our own writing in the layouts of thirty kinds of publishers, with what is to be read from them.

Each layout is what one kind of site makes of an article: where it puts the title, who wrote it and when, and what else
stands on the page. Names, places and stories are invented.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape

STORIES = [
    ("Lighthouse keepers hand the lamp to a machine", "The last crew left on the noon boat", [
        "The lamp on Skarholm was lit by hand for the last time on Tuesday evening, and nobody on the island made a speech.",
        "Four keepers had shared the watch since spring. They packed two trunks of logbooks, a stove and a cat, and waited on the slip for the noon boat, which was late.",
        "“A lamp that nobody watches is only a bulb,” said the eldest of them. The harbour board answers that the new light has a battery, a spare battery and a telephone line.",
        "Ships noticed nothing. The log of the first night without a keeper holds one line, written by a program, and it says that the lamp was lit."]),
    ("Why the bread queue came back to Tolmin Street", "A price cap met a cold spring", [
        "At six in the morning there are forty people outside the bakery on Tolmin Street, and at half past six there is no bread.",
        "The council capped the price of a loaf in February. Flour did not know of the cap: a sack costs a third more than it did at Christmas, and the mills deliver when it suits them.",
        "Bakers say that they lose eleven cents on every loaf. The cap’s supporters say that bakers always say so, and point to the pastry, which is not capped and of which there is plenty.",
        "Economists asked by this paper disagreed on everything but one point, which is that the queue will be gone by summer, with the cap or without it."]),
    ("Court orders the reservoir drained", "Judges side with the valley after nine years", [
        "A reservoir that was never filled to the brim must now be emptied, the regional court ruled on Thursday after hearings that lasted nine years.",
        "The villages below the dam had argued that its spillway was built for the storms of another century. An engineer called by the court found cracks as wide as a thumb.",
        "The company that owns it will appeal. Its lawyer called the ruling a gift to everyone who prefers candles, and left by the side door.",
        "Draining takes until autumn. The fish, the court noted in its last paragraph, are to be moved at the company’s expense."]),
    ("A school bus, a snowdrift and a very long night", "Nineteen children learned to play cards", [
        "The bus to Upper Lenna left at three with nineteen children on board and arrived the next morning at seven with nineteen children who could play whist.",
        "Snow had closed the pass behind it and then in front of it. The driver kept the engine running until the fuel ran low, then walked the aisle with blankets and a bag of apples.",
        "Parents gathered in the fire station and drank all its coffee. A plough reached the bus at five, turned round, and got stuck itself.",
        "The driver has been offered a medal. He would rather, he told the mayor, be offered winter tyres."]),
    ("The orchestra that rehearses in a car park", "Level three has the best echo", [
        "On Sunday mornings the third level of the Karlsgate car park smells of rosin, and the barrier is up.",
        "The Borough Orchestra lost its hall when the roof was condemned. It found that concrete is kind to cellos and cruel to oboes, and moved the oboes behind a pillar.",
        "Drivers who come up the ramp by mistake tend to switch off their engines and stay. Some have begun to bring chairs.",
        "A new hall is promised for the year after next. The players have asked whether it could have a ramp."]),
    ("What the census missed on the salt flats", "Counting people who do not stay", [
        "According to the census nobody lives on the Marrow flats. The post office, which delivers there twice a week, disagrees.",
        "Some six hundred people follow the salt from pan to pan between April and October. They have a school in a trailer and a football league, and they pay a tax on every sack.",
        "To be counted a household needs an address, and an address needs a road. The statistics office says that it is aware of the problem and has formed a group.",
        "The group met for the first time in March, in the capital, four hundred kilometres from the nearest pan."]),
]  # fmt: skip
NAMES = [
    "Marta Lindqvist", "Oyelaran Adebisi", "Jean-Luc Pereira", "Siobhán O’Rourke", "Kenji Watanabe", "Leila Haddad", "Tomasz Zielinski",
    "Grace van der Berg", "Pilar Echeverría", "Anselm Krüger", "Fatima al-Rashid", "Hugh Penhaligon", "Ingrid Solheim", "Rajesh Menon",
    "Clara Fontaine", "Mateus da Rocha", "Yuki Tanabe", "Bronwen Pryce", "Dmitri Volkonsky", "Amara Okonjo",
]  # fmt: skip
MONTHS_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
MONTHS_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
MONTHS_ES = "ene feb mar abr may jun jul ago sep oct nov dic".split()
NAV = '<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li><li><a href="/subscribe">Subscribe</a></li></ul></nav>'
FOOT = '<footer><p>© 2024 All rights reserved. <a href="/terms">Terms</a> <a href="/privacy">Privacy</a> <a href="/cookies">Cookie settings</a></p></footer>'
MORE = '<aside class="related"><h3>More on this</h3><ul><li><a href="/a/1">Mayor denies knowing of the tunnel</a></li><li><a href="/a/2">Ten walks for a wet weekend</a></li><li><a href="/a/3">Quiz: how well do you know your river?</a></li></ul></aside>'


@dataclass(frozen=True)
class Case:
    """An article as it is to be read, and the words of its page. ``day`` is when it was published."""

    title: str
    dek: str
    paragraphs: list[str]
    authors: list[str]
    day: datetime.date
    number: int
    site: str = "The Estuary Post"

    @property
    def url(self) -> str:
        return f"https://www.estuary.example/{self.day:%Y/%m/%d}/story-{self.number}"

    @property
    def body(self) -> str:
        return "\n".join(f"<p>{escape(text)}</p>" for text in self.paragraphs)

    @property
    def time(self) -> str:
        return f"{self.day.isoformat()}T{6 + self.number % 12:02d}:{self.number % 60:02d}:00+01:00"

    @property
    def both(self) -> str:
        return " and ".join(map(escape, self.authors))


Layout = Callable[[Case], str]
LAYOUTS: dict[str, Layout] = {}


def layout(name: str) -> Callable[[Layout], Layout]:
    def keep(made: Layout) -> Layout:
        LAYOUTS[name] = made
        return made

    return keep


def page(head: str, body: str, lang: str = "en") -> str:
    return f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value, ensure_ascii=False)}</script>'


@layout("JSON-LD, authors as objects")
def _(c: Case) -> str:
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": c.title, "datePublished": c.time, "description": c.dek,
        "author": [{"@type": "Person", "name": name} for name in c.authors], "publisher": {"@type": "Organization", "name": c.site},
    }  # fmt: skip
    return page(
        f"<title>{escape(c.title)} | {c.site}</title>{ld(data)}",
        f"{NAV}<article><h1>{escape(c.title)}</h1><p class=standfirst>{escape(c.dek)}</p>{c.body}</article>{MORE}{FOOT}",
    )


@layout("JSON-LD graph with references")
def _(c: Case) -> str:
    people = [{"@type": "Person", "@id": f"#p{n}", "name": name} for n, name in enumerate(c.authors)]
    graph = {"@context": "https://schema.org", "@graph": [
        {"@type": "WebSite", "@id": "#site", "name": c.site}, {"@type": "WebPage", "@id": "#page", "name": c.title},
        {"@type": "Article", "headline": c.title, "datePublished": c.time, "dateModified": f"{c.day + datetime.timedelta(days=9)}T10:00:00Z", "author": [{"@id": each["@id"]} for each in people], "isPartOf": {"@id": "#page"}}, *people]}  # fmt: skip
    return page(
        f"<title>{escape(c.title)} - {c.site}</title>{ld(graph)}",
        f"{NAV}<main><h1>{escape(c.title)}</h1>{c.body}</main>{FOOT}",
    )


@layout("Open Graph alone")
def _(c: Case) -> str:
    tags = "".join(f'<meta property="article:author" content="{escape(name)}">' for name in c.authors)
    head = f'<meta property="og:type" content="article"><meta property="og:title" content="{escape(c.title)}"><meta property="og:site_name" content="{c.site}"><meta property="article:published_time" content="{c.time}">{tags}<title>{escape(c.title)} » {c.site}</title>'
    return page(
        head,
        f'{NAV}<div class="story"><h1>{escape(c.title)}</h1><h2>{escape(c.dek)}</h2><div class="story-body">{c.body}</div></div>{MORE}{FOOT}',
    )


@layout("microdata")
def _(c: Case) -> str:
    who = " and ".join(
        f'<span itemprop="author" itemscope itemtype="https://schema.org/Person"><a itemprop="url" href="/by/x"><span itemprop="name">{escape(name)}</span></a></span>'
        for name in c.authors
    )
    return page(
        f"<title>{escape(c.title)}</title>",
        f'{NAV}<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{escape(c.title)}</h1><p>By {who}</p><meta itemprop="datePublished" content="{c.time}"><div itemprop="articleBody">{c.body}</div></article>{FOOT}',
    )


@layout("visible byline and time element")
def _(c: Case) -> str:
    return page(
        f"<title>{c.site}</title>",
        f'{NAV}<article><header><h1>{escape(c.title)}</h1><p class="byline">By {c.both}</p><time datetime="{c.time}">{c.day:%d %B %Y}</time></header>{c.body}</article>{MORE}{FOOT}',
    )


@layout("visible words only")
def _(c: Case) -> str:
    return page(
        f"<title>{escape(c.title)} - {c.site}</title>",
        f'{NAV}<div id="content"><h1>{escape(c.title)}</h1><div class="meta">By {c.both} &middot; Published {c.day.day} {c.day:%B %Y} at 14:05 GMT</div>{c.body}</div>{FOOT}',
    )


@layout("hAtom")
def _(c: Case) -> str:
    who = ", ".join(
        f'<span class="author vcard"><a class="url fn n" href="/author/x">{escape(name)}</a></span>'
        for name in c.authors
    )
    return page(
        f"<title>{escape(c.title)} | {c.site}</title>",
        f'<div class="hfeed site">{NAV}<article class="post hentry"><h1 class="entry-title">{escape(c.title)}</h1><div class="entry-meta">Posted on <abbr class="published" title="{c.time}">{c.day:%B %d, %Y}</abbr> by {who}</div><div class="entry-content">{c.body}</div></article>{FOOT}</div>',
    )


@layout("Dublin Core")
def _(c: Case) -> str:
    who = "".join(f'<meta name="DC.creator" content="{escape(name)}">' for name in c.authors)
    return page(
        f'<title>{escape(c.title)}</title><meta name="DC.title" content="{escape(c.title)}">{who}<meta name="DC.date.issued" content="{c.day.isoformat()}"><meta name="DC.publisher" content="{c.site}">',
        f"{NAV}<main><h1>{escape(c.title)}</h1>{c.body}</main>{FOOT}",
    )


@layout("newsletter metadata")
def _(c: Case) -> str:
    return page(
        f'<title>{escape(c.title)}</title><meta name="sailthru.author" content="{escape(", ".join(c.authors))}"><meta name="sailthru.date" content="{c.day.isoformat()} 09:30:00"><meta name="sailthru.title" content="{escape(c.title)}">',
        f"{NAV}<main><h1>{escape(c.title)}</h1><p><em>{escape(c.dek)}</em></p>{c.body}</main>{MORE}{FOOT}",
    )


@layout("card labels")
def _(c: Case) -> str:
    return page(
        f'<title>{escape(c.title)} – {c.site}</title><meta name="twitter:title" content="{escape(c.title)}"><meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="{escape(", ".join(c.authors))}"><meta property="article:published_time" content="{c.time}">',
        f"{NAV}<article><h1>{escape(c.title)}</h1>{c.body}</article>{FOOT}",
    )


@layout("wrong metadata")
def _(c: Case) -> str:
    return page(
        f'<title>{c.site}</title><meta property="og:title" content="{c.site}"><meta name="author" content="admin"><meta name="generator" content="Sitemaker 3">',
        f'{NAV}<div class="article"><div class="section">Local news</div><h1>{escape(c.title)}</h1><div class="byline">By {c.both}</div><div class="date">{c.day:%B} {c.day.day}, {c.day.year}</div>{c.body}</div>{MORE}{FOOT}',
    )


@layout("staff of an agency")
def _(c: Case) -> str:
    return page(
        f"<title>{escape(c.title)}</title>{ld({'@context': 'https://schema.org', '@type': 'NewsArticle', 'headline': c.title, 'datePublished': c.time, 'author': {'@type': 'Organization', 'name': 'Northern Wire'}})}",
        f'{NAV}<article><h1>{escape(c.title)}</h1><p class="byline">By {c.both}, Northern Wire</p>{c.body}</article>{FOOT}',
    )


@layout("tabloid")
def _(c: Case) -> str:
    return page(
        f"<title>{escape(c.title)} | {c.site}</title>",
        f'{NAV}<div class="kicker">EXCLUSIVE</div><h1 class="headline">{escape(c.title)}</h1><ul class="bullets"><li>{escape(c.dek)}</li></ul><div class="author-section">By <a rel="author" href="/author/1">{"</a> and <a rel=author href=/author/2>".join(map(escape, c.authors))}</a></div><div class="published"><time datetime="{c.time}">{c.day:%H:%M, %d %b %Y}</time> | Updated: <time datetime="{c.day + datetime.timedelta(days=1)}T08:00:00Z">later</time></div><div class="body">{c.body}</div><div class="comments"><h3>Comments</h3><p>What a load of rubbish! <b>Terry, Hull</b></p><p>Well said. <b>Anne, Rhyl</b></p></div>{FOOT}',
    )


@layout("blog")
def _(c: Case) -> str:
    return page(
        f'<title>{escape(c.title)} &#8211; Notes from the Sluice</title><meta name="generator" content="WordPress 6.4"><link rel="canonical" href="{c.url}">',
        f'<header><p class="site-title"><a href="/">Notes from the Sluice</a></p></header><article class="post-1 post"><header class="entry-header"><h1 class="entry-title">{escape(c.title)}</h1><div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="{c.time}">{c.day:%B %d, %Y}</time></span><span class="byline"> by <a rel="author" href="/author/x">{escape(c.authors[0])}</a></span></div></header><div class="entry-content">{c.body}</div><footer class="entry-footer">Filed under: <a rel="tag" href="/tag/water">Water</a></footer></article><div id="comments"><h2>2 thoughts</h2><article class="comment"><b class="fn">Gus Harrow</b> says: <p>Lovely piece.</p></article></div>',
    )


@layout("platform for writers")
def _(c: Case) -> str:
    return page(
        f'<title>{escape(c.title)} | by {escape(c.authors[0])} | Long Reads</title><meta name="author" content="{escape(c.authors[0])}"><meta property="og:title" content="{escape(c.title)}">',
        f'<article><section><h1>{escape(c.title)}</h1><h2>{escape(c.dek)}</h2><div><a href="/@x">{escape(c.authors[0])}</a><button>Follow</button><span>{c.day:%b} {c.day.day}, {c.day.year}</span> · <span>5 min read</span></div>{c.body}</section></article><div><p>Written by {escape(c.authors[0])}</p><p>2.1K followers</p></div>',
    )


@layout("tables of 1999")
def _(c: Case) -> str:
    text = "<br><br>".join(escape(each) for each in c.paragraphs)
    return page(
        f"<title>{c.site}: {escape(c.title)}</title>",
        f'<table width=600><tr><td width=120 valign=top><font size=1><a href="n.htm">News</a><br><a href="s.htm">Sports</a><br><a href="w.htm">Weather</a></font></td><td><font size=5><b>{escape(c.title)}</b></font><br><font size=2>By {c.both.upper()}<br>{c.day:%B} {c.day.day}, {c.day.year}</font><p><font size=3>{text}</font></td></tr></table>',
    )


@layout("magazine")
def _(c: Case) -> str:
    return page(
        f'<title>{escape(c.title)} | Meridian Quarterly</title><meta property="article:published_time" content="{c.time}"><meta property="og:site_name" content="Meridian Quarterly">',
        f'{NAV}<article><h1>{escape(c.title)}</h1><p class="dek">{escape(c.dek)}</p><p class="credits">Words by {c.both}</p><p class="credits">Photography by Ottoline Marsh</p><p class="dropcap">{escape(c.paragraphs[0])}</p>{"".join(f"<p>{escape(each)}</p>" for each in c.paragraphs[1:])}</article>{FOOT}',
    )


@layout("German paper")
def _(c: Case) -> str:
    who = " und ".join(map(escape, c.authors))
    return page(
        f"<title>{escape(c.title)} - Küstenbote</title>",
        f'{NAV}<article><h1>{escape(c.title)}</h1><p class="autor">Von {who}</p><p class="stand">Stand: {c.day.day}. {MONTHS_DE[c.day.month - 1]} {c.day.year}, 08:15 Uhr</p>{c.body}</article>{FOOT}',
        "de",
    )


@layout("French paper")
def _(c: Case) -> str:
    who = " et ".join(map(escape, c.authors))
    return page(
        f"<title>{escape(c.title)} - Le Phare</title>",
        f'{NAV}<article><h1>{escape(c.title)}</h1><p class="auteur">Par {who}</p><p class="date">Publié le {c.day.day} {MONTHS_FR[c.day.month - 1]} {c.day.year} à 08h15</p>{c.body}</article>{FOOT}',
        "fr",
    )


@layout("Spanish paper")
def _(c: Case) -> str:
    return page(
        f"<title>{escape(c.title)} | El Faro</title>",
        f'{NAV}<article><h1>{escape(c.title)}</h1><div class="firma"><span class="autor">Por {escape(c.authors[0])}</span> <span class="lugar">Madrid</span> <time datetime="{c.time}">{c.day.day} {MONTHS_ES[c.day.month - 1]} {c.day.year}</time></div>{c.body}</article>{FOOT}',
        "es",
    )


@layout("wire story with a dateline")
def _(c: Case) -> str:
    first = f"<p>SKARHOLM (Northern Wire) — {escape(c.paragraphs[0])}</p>"
    return page(
        f"<title>{escape(c.title)}</title>",
        f'{NAV}<div class="article"><h1>{escape(c.title)}</h1><div class="byline">By {escape(c.authors[0])}</div><div class="timestamp" data-source="wire"><span>{c.day:%B} {c.day.day}, {c.day.year} GMT</span></div>{first}{"".join(f"<p>{escape(each)}</p>" for each in c.paragraphs[1:])}</div>{FOOT}',
    )


@layout("phone page")
def _(c: Case) -> str:
    data = {
        "@context": "http://schema.org",
        "@type": "Article",
        "headline": c.title,
        "datePublished": c.time,
        "author": {"@type": "Person", "name": c.authors[0]},
    }
    return f'<!doctype html><html ⚡ lang="en"><head><meta charset="utf-8"><title>{escape(c.title)}</title><link rel="canonical" href="{c.url}">{ld(data)}<style amp-boilerplate>body{{}}</style></head><body>{NAV}<h1>{escape(c.title)}</h1><amp-img src="a.jpg" width=600 height=400></amp-img>{c.body}{FOOT}</body></html>'


@layout("letters to subscribers")
def _(c: Case) -> str:
    return page(
        f'<title>{escape(c.title)} - by {escape(c.authors[0])}</title><meta name="author" content="{escape(c.authors[0])}"><meta property="og:title" content="{escape(c.title)}">',
        f'<article class="post"><h1 class="post-title">{escape(c.title)}</h1><h3 class="subtitle">{escape(c.dek)}</h3><div class="byline-wrapper"><a href="/@x">{escape(c.authors[0])}</a><div>{c.day:%b %d, %Y}</div></div><div class="body markup">{c.body}</div></article><div class="subscribe"><p>Subscribe now to receive new letters and support my work.</p></div>',
    )


@layout("government page")
def _(c: Case) -> str:
    return page(
        f"<title>{escape(c.title)} - Water Board</title>",
        f"<header>Water Board</header><main><h1>{escape(c.title)}</h1><dl><dt>Published</dt><dd>{c.day.day} {c.day:%B %Y}</dd><dt>Author</dt><dd>{c.both}</dd></dl>{c.body}</main>{FOOT}",
    )


@layout("author box at the end")
def _(c: Case) -> str:
    return page(
        f'<title>{escape(c.title)} | {c.site}</title><meta name="date" content="{c.day.isoformat()}">',
        f'{NAV}<article><h1>{escape(c.title)}</h1>{c.body}<section class="author-box"><h3>About the author</h3><p><strong class="author-name">{escape(c.authors[0])}</strong> is the estuary correspondent of this paper and lives on a boat.</p></section></article>{FOOT}',
    )


@layout("broken JSON-LD")
def _(c: Case) -> str:
    broken = f'{{"@type": "NewsArticle", "headline": "{c.title}", "author": [{{"name": "{c.authors[0]}"}},], }}'
    return page(
        f'<title>{escape(c.title)}</title><script type="application/ld+json">{broken}</script><meta property="og:title" content="{escape(c.title)}"><meta property="article:published_time" content="{c.time}">',
        f'{NAV}<article><h1>{escape(c.title)}</h1><p class="byline">By {c.both}</p>{c.body}</article>{FOOT}',
    )


@layout("live page with updates")
def _(c: Case) -> str:
    return page(
        f'<title>{escape(c.title)} – as it happened</title><meta property="article:modified_time" content="{c.day + datetime.timedelta(days=3)}T01:00:00Z"><meta property="article:published_time" content="{c.time}"><meta name="author" content="{escape(" and ".join(c.authors))}">',
        f"{NAV}<article><h1>{escape(c.title)}</h1>{c.body}</article>{FOOT}",
    )


@layout("address in data attributes")
def _(c: Case) -> str:
    who = "".join(f'<a class="contributor" href="/profile/x">{escape(name)}</a>' for name in c.authors)
    return page(
        f"<title>{escape(c.title)} | {c.site}</title>",
        f'{NAV}<main data-published="{c.time}"><h1>{escape(c.title)}</h1><address aria-label="Contributor info">{who}</address><details><summary>{c.day:%a} {c.day.day} {c.day:%b %Y} 06.00 GMT</summary></details>{c.body}</main>{FOOT}',
    )


@layout("press release")
def _(c: Case) -> str:
    return page(
        f"<title>{escape(c.title)} – Newsroom</title>",
        f"{NAV}<main><p>FOR IMMEDIATE RELEASE</p><p>{c.day:%B} {c.day.day}, {c.day.year}</p><h1>{escape(c.title)}</h1>{c.body}<p>Media contact: press@board.example</p></main>{FOOT}",
    )


@layout("column with a role")
def _(c: Case) -> str:
    return page(
        f'<title>Opinion | {escape(c.title)}</title><meta property="og:title" content="Opinion | {escape(c.title)}"><meta property="article:published_time" content="{c.time}">',
        f'{NAV}<article><p class="label">Opinion</p><h1>{escape(c.title)}</h1><div class="byline">By {escape(c.authors[0])}<br>Contributing columnist</div>{c.body}</article>{FOOT}',
    )


ONE_AUTHOR = {
    "blog", "platform for writers", "Spanish paper", "wire story with a dateline", "phone page", "letters to subscribers",
    "author box at the end", "column with a role",
}  # fmt: skip
NO_AUTHOR = {"press release"}


@dataclass(frozen=True)
class SavedPage:
    """A page's HTML and what must be read from it."""

    kind: str
    html: str
    title: str
    authors: list[str] = field(default_factory=list)
    day: str = ""
    paragraphs: list[str] = field(default_factory=list)


def pages() -> Iterator[SavedPage]:
    """Two pages of each kind: with one author and with two where the kind has two."""
    for number, (kind, made) in enumerate(LAYOUTS.items()):
        for turn in (0, 1):
            title, dek, paragraphs = STORIES[(number + turn * 3) % len(STORIES)]
            who = [NAMES[(number * 2 + turn) % len(NAMES)]]
            if turn and kind not in ONE_AUTHOR:
                who.append(
                    NAMES[(number * 3 + 7) % len(NAMES)]
                    if NAMES[(number * 3 + 7) % len(NAMES)] not in who
                    else NAMES[0]
                )
            day = datetime.date(
                2011 + (number + turn * 5) % 13, 1 + (number * 5 + turn) % 12, 2 + (number * 7 + turn * 3) % 26
            )
            case = Case(title, dek, paragraphs, who, day, number * 2 + turn)
            yield SavedPage(kind, made(case), title, [] if kind in NO_AUTHOR else who, day.isoformat(), paragraphs)
