"""The sidebar and the list of articles."""
