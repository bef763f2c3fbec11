"""Pages saved in the place of an article: "subscribe to read on", "page not found", a question about cookies, a check for robots."""

from __future__ import annotations

import re

_MOST_WORDS = 260  # an article about cookies is longer than a question about them
_NEAR = 400  # characters from either end of the text
_MISSING = re.compile(
    r"\b(?:error )?404\b|\b(?:page|article|file|story) (?:not found|cannot be found|could not be found|no longer (?:exists|available))"
    r"|page (?:that )?you(?:'re| are|’re) looking for (?:does not|doesn['’]t|no longer|could not|cannot)"
    r"|seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)|p[áa]gina no (?:encontrada|existe)|página não encontrada"
    r"|pagina non trovata|pagina niet gevonden|strona nie (?:została znaleziona|istnieje)|sidan (?:kunde inte|kan inte) hittas|siden (?:ble|blev) ikke funnet"
    r"|страница не найдена|сторінку не знайдено|页面不存在|找不到(?:该|此)?(?:页面|網頁|网页)|ページが見つかりません|페이지를 찾을 수 없|الصفحة غير موجودة|לא נמצא",
)
_WALL = re.compile(
    r"(?:subscribe|sign in|sign up|log in|register|join)(?: now| today| here| for free)?,? (?:or \w+ (?:in|up) )?to (?:continue|read|keep reading|unlock|access|view)"
    r"|to (?:continue|keep) reading,? (?:this|the|please|subscribe|sign|log|register|create|start)|to read the (?:full|rest|whole)"
    r"|already a (?:subscriber|member)\??|(?:for|to) (?:our |paid |paying )?subscribers(?: only|\.|$)|subscriber[- ]only|subscribers[’']? only|exclusive to subscribers"
    r"|you have (?:reached|used|read) (?:your|all|the) .{0,30}(?:limit|free articles)|free articles? (?:left|remaining)"
    r"|nur für abonnent|jetzt (?:abonnieren|weiterlesen|registrieren)|weiterlesen mit|um (?:weiterzulesen|den (?:ganzen )?artikel)|bereits abonnent|exklusiv für abonnent"
    r"|réservé (?:à nos|aux) abonnés|abonnez-vous pour|déjà abonné|pour lire la suite"
    r"|suscr[íi]bete para|solo para suscriptores|exclusivo para (?:suscriptores|assinantes)|para (?:seguir|continuar) leyendo|assine para|já é assinante"
    r"|riservat[oa] agli abbonati|abbonati per|per continuare a leggere|alleen voor abonnees|om verder te lezen|abonneer om"
    r"|dla (?:subskrybentów|prenumeratorów)|endast för prenumeranter|kun for abonnenter|logga in för att läsa|logg inn for å lese"
    r"|подпишитесь,? чтобы|только для подписчиков|订阅(?:后|以)?(?:继续)?阅读|登录后(?:继续)?阅读|付费(?:阅读|内容)|会員限定|続きを読むには|구독(?:하고|하면)|للمشتركين فقط|اشترك لمتابعة",
)
_CONSENT = re.compile(
    r"we (?:value|respect|care about) your privacy|accept (?:all )?cookies|before you continue|your privacy choices|manage (?:your )?(?:cookie|privacy) (?:preferences|settings)"
    r"|we (?:and our \d* ?partners|use cookies)|bevor sie (?:fortfahren|weiterlesen)|(?:alle )?cookies (?:akzeptieren|zulassen)|datenschutz-?einstellungen"
    r"|zustimmen und weiter|wir schätzen ihre privatsphäre|nous respectons votre vie privée|accepter (?:et continuer|les cookies)|aceptar (?:todas las )?cookies"
    r"|accetta(?: tutti)? i cookie|tutti i cookie|alle cookies accepteren|godta alle|godkänn alla cookies|zaakceptuj",
)
_ROBOT = re.compile(
    r"checking (?:if the site|your browser)|enable javascript(?: and cookies)? to (?:continue|run|view)|please (?:enable|turn on) (?:javascript|js)"
    r"|verify(?:ing)? (?:that )?you(?:'re| are|’re) (?:a )?human|are you a robot|access (?:denied|to this page has been denied)|unusual traffic|just a moment\.\.\.|captcha",
)


def is_stub(title: str, text: str) -> bool:
    """Whether a page holds, in the place of an article, what a site shows to those who may not or cannot read it."""
    if len(text) > 20 * _MOST_WORDS or len(text.split()) > _MOST_WORDS:
        return False
    # Small letters rather than patterns that ignore case, which look at every branch at every letter: five times as fast.
    ends = f"{text[:_NEAR]}\n{text[-_NEAR:]}".lower()
    head = f"{title}\n{text[:_NEAR]}".lower()
    return bool(_WALL.search(ends) or _MISSING.search(head) or _CONSENT.search(head) or _ROBOT.search(head))
