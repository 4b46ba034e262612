"""Finding a name in any script: what is stored, and how a typed query is matched against it (design §4 and §8).

Store `search_key(*names)` in a text column under a `gin_trgm_ops` index and filter by `matches("search_key", typed)`.
"""

from temp_portal.core.search.folding import double_cjk
from temp_portal.core.search.keys import name_forms, search_key
from temp_portal.core.search.query import SearchQuery, Term, TooShort, matches, search_terms

__all__ = ["SearchQuery", "Term", "TooShort", "double_cjk", "matches", "name_forms", "search_key", "search_terms"]
