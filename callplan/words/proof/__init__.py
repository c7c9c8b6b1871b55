"""Reading a draft over: spelling, real words in the wrong place, names, gaps, and what only an eye can judge."""
