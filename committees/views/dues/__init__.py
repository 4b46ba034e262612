"""Dues of a committee, for those who keep or lead it."""
