"""Pictures of what a document shows, drawn in a process of its own that may fail without harm."""

from temp_portal.documents.previews.drawing import Drawn, draw

__all__ = ["Drawn", "draw"]
