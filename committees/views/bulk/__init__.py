"""One thing done to many members: what the bar of a roster offers, and the pages that it leads to."""
