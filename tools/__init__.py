"""What the maintainer runs; nothing in minnet or course imports it."""
