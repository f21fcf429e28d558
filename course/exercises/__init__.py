"""What the chapters ask, and how they answer: `kit`, and one file a chapter."""
