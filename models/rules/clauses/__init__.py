"""The clauses a handbook is made of, one file a subject."""
