"""What a list that was taken back had done to organisations: to their ownership, their countries, and the register.

Called by the workflow that takes the recording back, which has checked who may.
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db.models import ForeignObjectRel, Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from pghistory.models import Event

from members.models import Identifier, Organisation, Ownership
from members.workflows.organisations import CORRECT_COUNTRY
from members.workflows.ownership import CONTENT
from temp_portal.accounts.enums import ScopeKind
from temp_portal.accounts.models import RoleGrant
from temp_portal.audit.models import Recording, Transition

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

#: Relations by which nothing hangs on an organisation: they go with its entry.
_OF_ITS_OWN: Final = (Identifier,)


def take_back_of_organisations(
    recording: Recording, *, by: "User", reason: str, within: Recording, passed_over: dict[type[Model], Q]
) -> None:
    """Undo what the recording did to organisations.

    Those that it put into the register leave it if nothing hangs on them; `passed_over` names, by model, rows that do
    not count. Raises ValidationError naming an organisation whose ownership or country was settled since.
    """
    acts = list(recording.transitions.about(Organisation).order_by("id"))
    _take_back_ownerships(recording, by=by, reason=reason, within=within)
    changed = _take_back_countries([act for act in acts if act.move == CORRECT_COUNTRY])
    created = [act.subject_id for act in acts if act.move == "create"]
    withdrawn = _withdraw(created, passed_over | {Ownership: Q(superseded_at__isnull=False)})
    Transition.objects.bulk_create(
        Transition(
            subject_type=Organisation._meta.label_lower,
            subject_id=key,
            move="take_back",
            from_state="registered",
            to_state="withdrawn" if key in withdrawn else "registered",
            effective_on=timezone.localdate(),
            by=by,
            reason=reason,
            recording=within,
        )
        for key in sorted({*changed, *withdrawn})
    )


def _take_back_ownerships(recording: Recording, *, by: "User", reason: str, within: Recording) -> None:
    facts = Ownership.objects.select_related("organisation", "superseded_by")
    wrong = list(facts.filter(recorded_in=recording))
    if (settled := next((each for each in wrong if each.superseded_at is not None), None)) is not None:
        message = _("%(organisation)s: %(who)s has settled the ownership since. It cannot be taken back as a whole.")
        names = {"organisation": settled.organisation, "who": settled.superseded_by or _("somebody")}
        raise ValidationError(message % names)
    lost = list(facts.filter(superseded_in=recording))
    Ownership.objects.filter(pk__in=[each.pk for each in wrong]).supersede(by=by, reason=reason, within=within)
    Ownership.objects.bulk_create(
        Ownership(
            organisation=each.organisation,
            valid=each.valid,
            recorded_by=each.recorded_by,
            recorded_in=within,
            reason=each.reason,
            **{name: getattr(each, name) for name in CONTENT},
        )
        for each in lost
    )


def _take_back_countries(acts: Iterable[Transition]) -> list[int]:
    by_key = {act.subject_id: act for act in acts}
    rows = Organisation.objects.select_for_update(of=("self",)).filter(pk__in=by_key).order_by("pk")
    found = list(rows)
    for row in found:
        details = by_key[row.pk].details
        if str(row.country) != details["after"]:
            message = _("%(organisation)s: somebody has changed the country since. Change it back first.")
            raise ValidationError(message % {"organisation": row.own_name})
        row.country = details["before"]
    Organisation.objects.bulk_update(found, ["country"])
    return list(by_key)


def _withdraw(keys: Collection[int], passed_over: dict[type[Model], Q]) -> set[int]:
    """Take these out of the register unless something hangs on them; which were taken out."""
    rows = Organisation.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    free = set(rows.values_list("pk", flat=True)) - _in_use(keys, passed_over)
    Identifier.objects.filter(organisation__in=free).delete()
    Organisation.objects.filter(pk__in=free).update(withdrawn_at=timezone.now())
    return free


def _in_use(keys: Collection[int], passed_over: dict[type[Model], Q]) -> set[int]:
    """Which of the organisations something of the portal points to."""
    grants = RoleGrant.objects.filter(scope_kind=ScopeKind.ORGANISATION, scope_id__in=keys)
    used = set(grants.values_list("scope_id", flat=True))
    for relation in Organisation._meta.related_objects:
        model: Any = relation.related_model
        if issubclass(model, Event) or model in _OF_ITS_OWN:
            continue
        name = _field_to(relation)
        rows = model._base_manager.filter(**{f"{name}__in": keys}).exclude(passed_over.get(model, Q(pk__in=[])))
        used |= set(rows.values_list(name, flat=True))
    return used


def _field_to(relation: ForeignObjectRel) -> str:
    """Name of the field that points to the organisation."""
    return str(relation.field.name)
