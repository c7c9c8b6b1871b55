"""What is said and written: call scripts, event texts, letters."""
