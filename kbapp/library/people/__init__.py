"""People in the library: linking, corrections, profiles, co-occurrence."""
