"""minnet and its peers against numpy written out by hand: `python run.py bench`."""
