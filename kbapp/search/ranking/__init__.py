"""Ranking: BM25, document sets, proximity."""
