"""What is asked in each chapter: one table for each."""
