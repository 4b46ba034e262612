"""What every part of the API shares: pages, errors as problem details, preconditions, fields."""

from temp_portal.core.api.fields import NamesField
from temp_portal.core.api.pages import CursorPagination
from temp_portal.core.api.preconditions import PreconditionMixin, entity_tag
from temp_portal.core.api.problems import problem_details

__all__ = ["CursorPagination", "NamesField", "PreconditionMixin", "entity_tag", "problem_details"]
