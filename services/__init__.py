"""Use cases: one function each, inside the caller's transaction; `now` is an argument."""
