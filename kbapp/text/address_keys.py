"""Web addresses as keys: all forms under which one page is saved give the same key."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_TRACKING = re.compile(
    r"utm_\w+|hsa_\w+|pk_\w+|mtm_\w+|piwik_\w+|matomo_\w+|ns_(?:mchannel|source|campaign|linkname|fee)|at_(?:medium|campaign|custom\d*)"
    r"|guce_\w+|vero_\w+|oly_\w+_id|_hs(?:enc|mi)|hs\w*tracking|mc_[ce]id|rb_clickid|s_kwcid|s_cid|trk\w*|ref_(?:src|url)|spm|xtor|ito"
    r"|fbclid|gclid|gclsrc|dclid|msclkid|yclid|twclid|ttclid|wbraid|gbraid|igshid|igsh|mibextid|li_fat_id|_ga|_gl|mkt_tok|cmpid|cmp|ncid|ocid"
    r"|smid|smtyp|sr_share|share|shared|feature|ref|referrer|referer|source|src|via|from|partner|tpcc|taid|sref|guccounter|ck_subscriber_id"
    r"|__twitter_impression|amp|outputtype|wt_mc|wt_zmc|campaign_id|campaign|hss_channel|newsletter|nl|rss|cn-reloaded|view_as",
    re.I,
)
_FRONT = re.compile(r"/?|/(?:[a-z]{2}(?:[-_][a-z]{2})?|home|index|default|start|startseite|accueil)/?", re.I)
_PAGE_FILE = re.compile(r"/(?:index|default|home)\.(?:html?|php|aspx?|jsp|shtml)$", re.I)
_CACHES = (
    re.compile(r"^https?://(?:www\.)?google\.[a-z.]+/amp/(?:s/)?(.+)$", re.I),
    re.compile(r"^https?://[\w.-]+\.cdn\.ampproject\.org/[cvri]/(?:s/)?(.+)$", re.I),
)
_LONGEST = 2_000


def address_key(url: str | None) -> str | None:
    """What tells the page behind an address, the same for every way of writing it.

    Scheme, ``www.``, ``m.`` and ``amp`` hosts, AMP paths and caches, tracking parameters, the order of parameters, the
    fragment, a trailing slash and the case of the host do not matter.

    Args:
        url: An address as it was found.

    Returns:
        The key, or None for what is no article's address: none of the web, or a site's front page.
    """
    if not url or len(url) > _LONGEST:
        return None
    for cache in _CACHES:
        if found := cache.match(url.strip()):
            url = "https://" + found[1]
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    path = _path(parts.path)
    query = urlencode(sorted(_meaningful(parts.query)))
    fragment = parts.fragment if parts.fragment.startswith("!") else ""  # pages of some programs are told by it alone
    if _FRONT.fullmatch(path) and not query and not fragment:
        return None
    key = _host(host) + (f":{port}" if port not in (None, 80, 443) else "") + path
    return key + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def _host(host: str) -> str:
    """The host without the labels of its mobile and AMP editions."""
    labels = host.lower().split(".")
    kept = [label for label in labels[:-2] if label not in ("www", "m", "mobile", "mobil", "amp", "touch")]
    kept = [label for label in kept if not re.fullmatch(r"www\d", label)]
    return ".".join([*kept, *labels[-2:]])


def _path(path: str) -> str:
    path = re.sub(r"/{2,}", "/", unquote(path, errors="replace"))
    path = _PAGE_FILE.sub("/", path)
    path = re.sub(r"^/amp(?=/.)|/amp/?$|\.amp(?=\.html?$|$)|(?<=.)/amp(?=\.html?$)", "", path, flags=re.I)
    return path.rstrip("/") or "/"


def _meaningful(query: str) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return [("", query)]
    return [(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)]
