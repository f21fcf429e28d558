"""What the chapters import: exercises, pictures, given data; nothing in minnet imports it."""
