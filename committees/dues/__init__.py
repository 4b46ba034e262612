"""Membership dues: what each member owes for a year, by fixed amounts, and what came in. No accounting beyond that."""
