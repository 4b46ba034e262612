"""Lists that many read and few keep."""

from collections.abc import Sequence
from typing import Any, ClassVar

from temp_portal.core.lists.columns import Column
from temp_portal.core.lists.views import ListView, M


class KeptListView(ListView[M]):
    """Only who keeps the rows is led to the pages on which they are changed; templates read `may_keep`.

    keep_rule: who keeps them. read_columns: `columns` without the way to those pages.
    """

    keep_rule: ClassVar[str]
    read_columns: ClassVar[Sequence[Column]]

    @property
    def may_keep(self) -> bool:
        return self.request.user.has_perm(self.keep_rule)

    def get_columns(self) -> Sequence[Column]:
        return self.columns if self.may_keep else self.read_columns

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"may_keep": self.may_keep} | kwargs)
