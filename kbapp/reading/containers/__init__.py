"""Containers that hold several articles: mail, feeds, web archives."""
