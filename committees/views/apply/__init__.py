"""How an enterprise applies: choose the committee and the organisation, fill in five parts, check, submit, follow."""
