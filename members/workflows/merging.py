"""Two records that turned out to be one: merged, and taken apart again.

Nothing of what was recorded is rewritten. The merged record keeps its facts, points to the one that remains and is
shown as that one from then on; the remaining one takes over the values that were chosen from the merged one.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries.fields import Country

from members.carried import conflicts_between
from members.enums import MergeState
from members.models import Merge, Mergeable, Organisation, OrganisationMerge, Person, PersonMerge
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.accounts.workflows import end_role, grant_role
from temp_portal.audit.history import history_of
from temp_portal.audit.workflow import Move, Workflow, record

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What is chosen as one: the first column names the choice.
ORGANISATION_VALUES: Final = (
    ("legal_name", "legal_name_language"),
    ("name_en",),
    ("name_zh_hans",),
    ("name_ru",),
    ("aliases",),
    ("kind",),
    ("status",),
    ("country",),
    ("region",),
    ("city",),
    ("website",),
    ("industry_codes",),
    ("business_scope",),
    ("registered_on",),
    ("registered_capital", "capital_currency"),
    ("parent",),
)
TRANSLATED_NAMES: Final = {
    "name_en": gettext_lazy("Name in English"),
    "name_zh_hans": gettext_lazy("Name in Chinese"),
    "name_ru": gettext_lazy("Name in Russian"),
}
PERSON_VALUES: Final = (("name",), ("name_latin",), ("name_zh",), ("name_ru",), ("email",), ("phone",), ("languages",))


@dataclass(frozen=True)
class Kind:
    """How records of one model are merged."""

    model: type[Mergeable]
    merge: type[Merge]
    values: tuple[tuple[str, ...], ...]

    @property
    def rows(self) -> Any:
        """The manager of the records."""
        return self.model._default_manager

    @property
    def flow(self) -> Workflow[Merge]:
        """The only move of a merge."""
        undo = Move(
            "undo",
            sources=[MergeState.MERGED],
            target=MergeState.UNDONE,
            permission="members.merge_records",
            stamp="undone",
        )
        return Workflow(self.merge, [undo])


KINDS: Final = (
    Kind(Organisation, OrganisationMerge, ORGANISATION_VALUES),
    Kind(Person, PersonMerge, PERSON_VALUES),
)


def kind_of(thing: Mergeable | Merge) -> Kind:
    """The kind of a record, or of a merge."""
    return next(kind for kind in KINDS if isinstance(thing, (kind.model, kind.merge)))


@transaction.atomic
def merge(merged: Mergeable, remaining: Mergeable, *, by: User, take: Collection[str] = (), reason: str = "") -> Merge:
    """Let `remaining` stand for both. `take`: names of the values that it takes over from the merged one.

    Raises PermissionDenied; ValidationError when one of them is merged already, or when something has to be settled
    first (`members.carried`).
    """
    if not by.has_perm("members.merge_records"):
        raise PermissionDenied
    kind = kind_of(merged)
    gone, stays = _locked(kind, merged.pk, remaining.pk)
    refuse_unfit(gone, stays)
    columns = [column for group in kind.values if group[0] in take for column in group]
    chosen = _differing(gone, stays, columns)
    previous = _values(stays, chosen)
    _write(stays, chosen)
    gone.merged_into = stays
    gone.save()
    stays.save()
    merges: Any = kind.merge._default_manager
    made: Merge = merges.create(
        merged=gone,
        remaining=stays,
        chosen=chosen,
        previous=previous,
        reason=reason,
        merged_by=by,
        grants=_carry_grants(gone, stays, by),
    )
    record(made, move="merge", by=by, reason=reason)
    return made


def undo_merge(made: Merge, *, by: User, reason: str = "") -> Merge:
    """Take the two records apart; both are again what they were.

    Raises PermissionDenied, StateConflict, and ValidationError naming the values that were changed since.
    """
    kind = kind_of(made)
    with kind.flow.moving(made, "undo", by=by, reason=reason) as undone:
        gone, stays = _locked(kind, undone.merged_id, undone.remaining_id)
        _refuse_changed_since(undone, stays)
        gone.merged_into = None
        gone.save()
        _write(stays, undone.previous)
        stays.save()
        for grant in RoleGrant.objects.live().filter(pk__in=undone.grants).select_related("user"):
            end_role(grant, by=by, reason=reason)
        # Written before the state is: a report's cut-off waits for it, and so for the moment of the undoing.
        undone.undo_reason = reason
        undone.save(update_fields=["undo_reason"])
    return undone


def _carry_grants(gone: Mergeable, stays: Mergeable, by: User) -> list[int]:
    """Whoever acts for the merged organisation acts for the remaining one at once; keys of the grants for that.

    The merged one's own grants stand, so that nothing has to be given back when the merge is undone.
    """
    if not isinstance(gone, Organisation):
        return []
    acting = RoleGrant.objects.filter(role=Role.REPRESENTATIVE, scope_kind=ScopeKind.ORGANISATION)
    beyond = Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=timezone.localdate())
    have = set(acting.filter(beyond, scope_id=stays.pk).values_list("user", flat=True))
    theirs = acting.live().filter(scope_id=gone.pk).exclude(user__in=have).select_related("user").order_by("pk")
    return [grant_role(each.user, Role.REPRESENTATIVE, stays.pk, by=by).pk for each in theirs]


def refuse_unfit(merged: Mergeable, remaining: Mergeable) -> None:
    """Raise ValidationError, with a line for each reason, when the two cannot be merged as they are."""
    reasons = [*_misfits(merged, remaining)] or conflicts_between(merged, remaining)
    if reasons:
        raise ValidationError(reasons)


def refuse_merged(*records: Mergeable | None) -> None:
    """Raise ValidationError naming the record that remains; nothing new is recorded of a merged one, nor of an
    organisation whose entry was taken back.

    The rows are locked until the end of the transaction, so that nobody merges one of them meanwhile.
    """
    for kind in KINDS:
        for refusal in merged_among([each for each in records if isinstance(each, kind.model)]).values():
            raise refusal


def merged_among(records: Sequence[Mergeable]) -> dict[int, ValidationError]:
    """Of records of one kind those of which nothing new is recorded (see `refuse_merged`), with the reason, by key."""
    if not records:
        return {}
    rows = kind_of(records[0]).rows.select_for_update(of=("self",), no_key=True).select_related("merged_into")
    locked = rows.filter(pk__in={each.pk for each in records}).order_by("pk")
    return {each.pk: ValidationError(reason) for each in locked if (reason := _why_closed(each))}


def _why_closed(record: Mergeable) -> str:
    if record.merged_into_id is not None:
        message = _("“%(merged)s” was merged into “%(remaining)s”: choose that one.")
        return message % {"merged": record.own_name, "remaining": record.remaining.own_name}
    if isinstance(record, Organisation) and record.withdrawn_at is not None:
        message = _("The entry of “%(organisation)s” in the register was taken back.")
        return message % {"organisation": record.own_name}
    return ""


def labels(kind: Kind) -> "dict[str, StrOrPromise]":
    """What each value is called."""
    fields: Any = kind.model._meta
    words = {group[0]: capfirst(str(fields.get_field(group[0]).verbose_name)) for group in kind.values}
    return words | {name: word for name, word in TRANSLATED_NAMES.items() if name in words}


def differing(one: Mergeable, other: Mergeable) -> list[str]:
    """Names of the values in which two records differ."""
    kind = kind_of(one)
    return [group[0] for group in kind.values if _differing(one, other, group)]


def _locked(kind: Kind, merged: int, remaining: int) -> tuple[Any, Any]:
    """Both rows; always in the order of their keys, so that two merges of one pair do not wait for each other."""
    rows = kind.rows.select_for_update(of=("self",)).filter(pk__in=[merged, remaining])
    found = {row.pk: row for row in rows.order_by("pk")}
    return found[merged], found[remaining]


def _misfits(merged: Mergeable, remaining: Mergeable) -> Iterable[str]:
    if merged.pk == remaining.pk:
        yield _("Choose two different records.")
    for each in (merged, remaining):
        if each.merged_into_id is not None:
            names = {"merged": each.own_name, "remaining": each.remaining.own_name}
            yield _("“%(merged)s” was merged into “%(remaining)s” already.") % names
    if taken_in := list(kind_of(merged).rows.filter(merged_into=merged)):
        message = _("%(others)s was merged into “%(merged)s”: let this record remain, or undo that merge first.")
        others = ", ".join(each.own_name for each in taken_in)
        yield message % {"others": others, "merged": merged.own_name}


def _differing(source: Mergeable, target: Mergeable, columns: Iterable[str]) -> dict[str, Any]:
    """Column → value of the source, where the target has another."""
    theirs = _values(target, columns)
    return {column: value for column, value in _values(source, columns).items() if value != theirs[column]}


def _values(row: Mergeable, columns: Iterable[str]) -> dict[str, Any]:
    return {column: _plain(getattr(row, _attribute(row, column))) for column in columns}


def _write(row: Mergeable, values: dict[str, Any]) -> None:
    for column, value in values.items():
        field: Any = row._meta.get_field(column)
        setattr(row, _attribute(row, column), field.to_python(value) if not field.is_relation else value)


def _attribute(row: Mergeable, column: str) -> str:
    """Name of the attribute that holds the value of a column: a related record is known by its key."""
    field: Any = row._meta.get_field(column)
    return str(field.attname)


def _plain(value: Any) -> Any:
    """A value that JSON can hold."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Country):
        return value.code or ""
    return str(value) if isinstance(value, Decimal) else value


def _refuse_changed_since(made: Merge, stays: Mergeable) -> None:
    """What the remaining record took over must be as it was taken: else a later change would be lost."""
    names = labels(kind_of(made))
    changed = [column for column, value in _values(stays, made.chosen).items() if value != made.chosen[column]]
    if not changed:
        return
    who, when = _last_change(stays, made.merged_at)
    message = _("%(who)s has changed this of “%(record)s” since, on %(when)s: %(values)s. Change it back first.")
    told = {"who": who, "record": stays.own_name, "when": when}
    values = ", ".join(dict.fromkeys(str(names.get(column, column)) for column in changed))
    raise ValidationError(message % (told | {"values": values}))


def _last_change(row: Mergeable, since: datetime) -> tuple[str, str]:
    """Who changed the row last after a moment, and when."""
    versions = history_of(type(row))._default_manager.filter(pgh_obj_id=row.pk, pgh_created_at__gt=since)
    last: Any = versions.select_related("pgh_context").order_by("-pgh_id").first()
    context: dict[str, Any] = last.pgh_context.metadata if last is not None and last.pgh_context is not None else {}
    user = User.objects.filter(pk=context.get("user", 0)).first()
    moment = timezone.localtime(last.pgh_created_at).strftime("%Y-%m-%d %H:%M") if last is not None else "–"
    return str(user or _("somebody")), moment


__all__ = [
    "KINDS",
    "Kind",
    "differing",
    "kind_of",
    "labels",
    "merge",
    "merged_among",
    "refuse_merged",
    "refuse_unfit",
    "undo_merge",
]
