"""What organisations and people have in common: two records of one can be merged.

Nothing that was recorded of the merged one is rewritten. It keeps its facts and points to the one that remains, under
whose name it is shown from then on (see `members.workflows.merging`).
"""

from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def no_chains() -> pgtrigger.Trigger:
    """Trigger: what remains is not merged itself, and what is merged has taken in nothing."""
    # pgtrigger's constructors bear no types.
    return pgtrigger.Trigger(
        name="merged_without_chains",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("merged_into_id"),  # type: ignore[no-untyped-call]
        condition=pgtrigger.Q(new__merged_into__isnull=False),
        func=pgtrigger.Func(  # type: ignore[no-untyped-call]
            """
            PERFORM FROM {meta.db_table} WHERE id = NEW.merged_into_id AND merged_into_id IS NULL FOR SHARE;
            IF NOT FOUND OR EXISTS (SELECT FROM {meta.db_table} WHERE merged_into_id = NEW.id) THEN
                RAISE EXCEPTION 'a record is merged into one that is not merged itself, and takes none with it'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
            """
        ),
    )


class Mergeable(models.Model):
    """A record that may turn out to be another one's double."""

    merged_into_id: int | None
    merged: Any

    merged_into: Any = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        db_index=False,
        verbose_name=_("merged into"),
    )

    class Meta:
        abstract = True
        triggers = [no_chains()]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="%(class)s_not_merged_into_itself"
            )
        ]
        indexes = [
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="%(class)s_merged")
        ]

    @property
    def remaining_id(self) -> int:
        """Key of the record that stands for this one; costs no query."""
        return self.merged_into_id or self.pk

    @property
    def remaining(self) -> Self:
        """The record that stands for this one: itself, unless it was merged."""
        found: Self = self if self.merged_into_id is None else self.merged_into
        return found

    @property
    def own_name(self) -> str:
        """The name of the record itself, merged or not."""
        raise NotImplementedError(f"{type(self).__name__} needs own_name")

    def all_names(self) -> list[str]:
        """Every name that the record itself bears."""
        raise NotImplementedError(f"{type(self).__name__} needs all_names()")

    def names_to_find(self) -> list[str]:
        """Every name under which the record is found: its own, and those of the records that are one with it."""
        rows: Any = type(self)._default_manager
        others = rows.filter(Q(merged_into=self.pk) | Q(pk=self.merged_into_id))
        names = [name for other in others for name in other.all_names()] if self.pk else []
        return list(dict.fromkeys([*self.all_names(), *names]))


__all__ = ["Mergeable"]
