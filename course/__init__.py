"""What surrounds the lessons; nothing in minnet imports it."""
