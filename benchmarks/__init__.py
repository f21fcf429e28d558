"""minnet against numpy written out by hand, as ratios from one run: `python -m benchmarks`."""
