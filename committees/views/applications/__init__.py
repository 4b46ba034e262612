"""How a committee decides: its queue, the review of one application, and the decision."""
