"""Projects at every stage, with the moves that brought them there and money in several currencies."""

from projects.demo_data.build import load

__all__ = ["load"]
