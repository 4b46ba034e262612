"""Projects of the two enterprises that one can sign in for: milestones, an accepted, a sent and a waiting update."""

from projects.progress.demo_data.build import load

__all__ = ["load"]
