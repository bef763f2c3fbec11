"""What stands before the first element says nothing of the format, and takes no time to pass over."""

from __future__ import annotations

import time

import pytest

from kbapp.reading import read
from kbapp.reading.prolog import after_prolog, root_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<rss>", "rss"),
        ("\n<?xml version='1.0'?>\n<!-- a > b --><rdf:RDF x='1'>", "rdf"),
        ('<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "rss.dtd"><rss>', "rss"),
        ('<!DOCTYPE x [<!ENTITY a "b>c">]><!-- c --><Feed xmlns="a">', "feed"),
        ("<!-- never closed <rss>", ""),
        ("words", ""),
        ("<!DOCTYPE", ""),
    ],
)
def test_the_first_element(text, name):
    assert root_name(text) == name


def test_a_prolog_without_end_takes_no_time():
    began = time.process_time()
    for text in ("<!-- -->" * 50_000, "<?a?> " * 50_000, "<!--" * 50_000, "<!DOCTYPE " * 50_000, " " * 200_000):
        after_prolog(text)
        root_name(text)
    assert time.process_time() - began < 1


def test_a_feed_with_a_document_type_is_a_feed():
    text = "The tram depot becomes a market hall, says its owner."
    feed = f'<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "x"><rss version="0.91"><channel><title>Quay</title><item><title>Depot</title><description>{text}</description></item></channel></rss>'
    (article,) = read(feed.encode(), "f.xml")
    assert (article.title, article.format) == ("Depot", "feed")
