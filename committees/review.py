"""What a decision on an application rests on: checks of the evidence, and the committee before and after."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from committees.composition import Effect, composition_of, effect
from committees.composition.outlook import Change, if_admitted
from committees.enums import ROLE_OF_GROUP, FunctionalRole
from committees.models import Application, Seat
from committees.rules import has_conflict, is_working
from members.duplicates import by_names
from members.enums import GROUP_OF_TYPE, ConsentPurpose, OwnershipGroup, OwnershipType
from members.models import Consent, Identifier, Organisation, Ownership
from temp_portal.core.titles import labelled


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of the checks: what was looked at, how it stands (tone and word), and where to read on."""

    text: str | Promise
    tone: str
    word: str | Promise
    links: list[tuple[str, str]] = field(default_factory=list)


def verified_ownership(application: Application) -> Ownership | None:
    """The ownership that is verified for today."""
    facts = Ownership.objects.current().verified().on(timezone.localdate()).select_related("prepared_by", "verified_by")
    found: Ownership | None = facts.filter(organisation=application.organisation_id).first()
    return found


def declared_group(application: Application) -> OwnershipGroup:
    """The group under which the applicant would count if its declaration were verified."""
    if not application.ownership_type:
        return OwnershipGroup.UNVERIFIED
    return GROUP_OF_TYPE[OwnershipType(application.ownership_type)]


def suggested_role(application: Application) -> FunctionalRole:
    """The functional role by verified ownership, else by the declared one (brief §2, seed model)."""
    verified = verified_ownership(application)
    group = verified.group if verified else declared_group(application)
    return ROLE_OF_GROUP.get(group, FunctionalRole.NONE)


def composition_effect(application: Application) -> list[Effect]:
    """The committee's voting members by group, today and with the applicant admitted today."""
    verified = verified_ownership(application)
    group = (verified.group if verified else OwnershipGroup.UNVERIFIED).value
    return effect(composition_of(application.committee, timezone.localdate()), group)


def rule_changes(application: Application) -> list[Change]:
    """The committee's rules of composition today, and with the applicant admitted today."""
    return if_admitted(application.committee, [application.organisation], timezone.localdate())


def checks(application: Application, user: Any) -> list[CheckLine]:
    """Every check that a secretary would make by hand, with its result."""
    return [line for check in _CHECKS for line in check(application, user)]


def _numbers(application: Application, _user: Any) -> list[CheckLine]:
    found = Identifier.objects.filter(organisation=application.organisation_id).order_by("-is_primary", "id")
    lines = [_number(each) for each in found]
    return lines or [CheckLine(_("Register number"), "bad", _("None on record"))]


def _number(identifier: Identifier) -> CheckLine:
    text = labelled(identifier.scheme_label, identifier.value)
    if identifier.verified_at:
        return CheckLine(text, "ok", _("Seen in the register"))
    if identifier.format_ok is None:
        return CheckLine(text, "", _("No check known"))
    if identifier.format_ok:
        return CheckLine(text, "ok", _("Check passed"))
    return CheckLine(text, "bad", _("Check failed"))


def _ownership(application: Application, user: Any) -> list[CheckLine]:
    verified = verified_ownership(application)
    declared = OwnershipType(application.ownership_type).label if application.ownership_type else _("not declared")
    text = _("Ownership: %(type)s") % {"type": declared}
    if verified is None:
        waiting = Ownership.objects.to_verify(user).filter(organisation=application.organisation_id).first()
        links = [(_("Verify it"), waiting.get_absolute_url())] if waiting else []
        return [CheckLine(text, "warn", _("Not verified yet"), links)]
    if verified.type != application.ownership_type:
        told = _("Verified is: %(type)s") % {"type": verified.get_type_display()}
        return [
            CheckLine(text, "bad", told, [(str(application.organisation), application.organisation.get_absolute_url())])
        ]
    return [CheckLine(text, "ok", _verified_by(verified))]


def _verified_by(verified: Ownership) -> str:
    """The two persons of the four eyes, as far as they are on record."""
    if verified.prepared_by is None or verified.verified_by is None:
        return _("Verified")
    names = {"verifier": verified.verified_by, "preparer": verified.prepared_by}
    return _("Verified by %(verifier)s, recorded by %(preparer)s") % names


def _membership(application: Application, _user: Any) -> list[CheckLine]:
    text = _("Not a member of this committee already")
    same = Organisation.objects.same_as(application.organisation)
    sits = Seat.objects.sitting().filter(committee=application.committee_id, organisation__in=same)
    return [CheckLine(text, "bad", _("It has a seat")) if sits.exists() else CheckLine(text, "ok", _("Pass"))]


def _namesakes(application: Application, _user: Any) -> list[CheckLine]:
    organisation: Organisation = application.organisation
    alike = by_names(organisation.all_names(), but=organisation.pk)
    text = _("No other organisation with nearly this name")
    links = [(str(each), each.get_absolute_url()) for each in alike]
    if not links:
        return [CheckLine(text, "ok", _("Pass"))]
    return [CheckLine(text, "warn", _("Look at these"), links)]


def _consent(application: Application, _user: Any) -> list[CheckLine]:
    text = _("Consent of the representative")
    living = Consent.objects.filter(person=application.representative_id, withdrawn_at__isnull=True)
    if living.filter(purpose=ConsentPurpose.REPRESENTATION).exists():
        return [CheckLine(text, "ok", _("Given"))]
    return [CheckLine(text, "bad", _("Missing or withdrawn"))]


def _committee(application: Application, user: Any) -> list[CheckLine]:
    if is_working(user, application.committee):
        return []
    state = capfirst(application.committee.get_state_display())
    return [CheckLine(_("The committee admits members"), "bad", state)]


def _conflict(application: Application, user: Any) -> list[CheckLine]:
    text = _("You have no conflict of interest")
    if has_conflict(user, application):
        return [CheckLine(text, "bad", _("Conflict of interest"))]
    return [CheckLine(text, "ok", _("Pass"))]


_CHECKS: list[Callable[[Application, Any], list[CheckLine]]] = [
    _numbers,
    _ownership,
    _membership,
    _namesakes,
    _consent,
    _committee,
    _conflict,
]
