"""Measuring side by side with rivals, each figure in one run: ``python -m tests.bench NAME [--quick] [--json] [--data DIR]``."""
