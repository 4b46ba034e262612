"""One module for each group of bars; each gives functions Bench → bars."""
