"""kbapp: a private desktop knowledge base of articles, their authors and the people in them."""

__version__ = "0.1.0"
