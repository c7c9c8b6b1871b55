"""The contract, held from outside: files go in, answers come out, and every date was worked out by hand."""
