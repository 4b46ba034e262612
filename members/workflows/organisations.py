"""Organisations that their own people put into the register, and the numbers and names they add to them."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members import identifiers
from members.identifiers import Scheme
from members.informing import refuse_self_registration
from members.models import Identifier, Organisation
from members.workflows.merging import refuse_merged
from members.workflows.people import make_representative
from temp_portal.audit.models import Transition

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

#: Names of a list by their script: which of them is the one in a language of the portal.
_SCRIPTS: Final = {
    "name_zh_hans": re.compile("[\u4e00-\u9fff]"),
    "name_ru": re.compile("[\u0400-\u04ff]"),
    "name_en": re.compile("^[\u0000-\u024f]+$"),
}
OWN_FIELDS = ("name_en", "name_zh_hans", "name_ru", "region", "city", "website")


@transaction.atomic
def register_organisation(*, by: "User", scheme: str, number: str, post: str, **fields: Any) -> Organisation:
    """Put a new organisation with its register number on record; `by` becomes its representative.

    `fields`: columns of Organisation. Raises ValidationError for a wrong number, one that is in the register, or a
    country where people do not put themselves on record.
    """
    organisation = Organisation(created_by=by, **fields)
    organisation.full_clean(exclude=["name"])
    refuse_self_registration(organisation.country.code or "")
    organisation.save()
    _add_identifier(organisation, scheme, number, is_primary=True)
    _record(organisation, "create", "registered", by)
    make_representative(organisation, by, by=by, post=post)
    return organisation


@transaction.atomic
def record_organisation(*, by: "User", names: Sequence[str], country: str = "", number: str = "") -> Organisation:
    """Put an organisation on record that a list names: the first of `names` is the registered one.

    The caller has checked that `by` may decide this. Raises ValidationError for a number that fits no register.
    """
    first, *others = names or [""]
    organisation = Organisation(legal_name=first, aliases=others, country=country, created_by=by)
    for field, script in _SCRIPTS.items():
        setattr(organisation, field, next((name for name in names if script.search(name)), ""))
    scheme = _scheme_of(country, number) if number else None
    if scheme is not None:
        organisation.country = country or scheme.country
    organisation.full_clean(exclude=["name"])
    organisation.save()
    if scheme is not None:
        _add_identifier(organisation, scheme.code, number, is_primary=True)
    _record(organisation, "create", "registered", by)
    return organisation


@transaction.atomic
def add_identifier(organisation: Organisation, scheme: str, number: str, *, by: "User") -> Identifier:
    """A representative adds a number; it becomes the main one when there was none.

    Raises PermissionDenied, or ValidationError for a wrong number or one that an organisation has already.
    """
    if not by.has_perm("members.change_own_organisation", organisation):
        raise PermissionDenied
    refuse_merged(organisation)
    first = not organisation.identifiers.filter(is_primary=True).exists()
    identifier = _add_identifier(organisation, scheme, number, is_primary=first)
    _record(organisation, "add_identifier", "registered", by, scheme=scheme, number=identifier.value)
    return identifier


@transaction.atomic
def save_own_details(organisation: Organisation, *, by: "User", **fields: str) -> Organisation:
    """A representative completes the translated names, place and website. Raises PermissionDenied."""
    if not by.has_perm("members.change_own_organisation", organisation):
        raise PermissionDenied
    refuse_merged(organisation)
    locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    changed = [name for name in OWN_FIELDS if name in fields and getattr(locked, name) != fields[name]]
    for name in changed:
        setattr(locked, name, fields[name])
    if changed:
        locked.full_clean(exclude=["name"])
        locked.save(update_fields=changed)
    return locked


@transaction.atomic
def save_own_industries(organisation: Organisation, codes: list[dict[str, str]], *, by: "User") -> Organisation:
    """A representative says in which industries it works, as {scheme, version, code}. Raises PermissionDenied."""
    if not by.has_perm("members.change_own_organisation", organisation):
        raise PermissionDenied
    locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if locked.industry_codes != codes:
        locked.industry_codes = codes
        locked.save(update_fields=["industry_codes"])
    return locked


def _scheme_of(country: str, number: str) -> Scheme:
    """The kind of number: one of the country, without a country one whose check characters agree."""
    if country:
        found = identifiers.guess_scheme(country, number)
    else:
        agreeing = (scheme for scheme in identifiers.all_schemes() if scheme.check(number).format_ok)
        found = next(agreeing, None)
    if found is None:
        raise ValidationError({"number": _("“%(number)s” is no number of a register known here.") % {"number": number}})
    return found


def _add_identifier(organisation: Organisation, scheme: str, number: str, *, is_primary: bool) -> Identifier:
    result = identifiers.check(scheme, number)
    if not result.accepted:
        raise ValidationError({"number": result.reason})
    try:
        with transaction.atomic():
            return Identifier.objects.create(
                organisation=organisation,
                scheme=scheme,
                value=result.normalised,
                format_ok=result.format_ok,
                is_primary=is_primary,
            )
    except IntegrityError:
        raise ValidationError({"number": _("An organisation with this number is in the register already.")}) from None


def _record(organisation: Organisation, move: str, state: str, by: "User", **details: str) -> None:
    Transition.objects.create(
        subject_type=organisation._meta.label_lower,
        subject_id=organisation.pk,
        move=move,
        from_state="" if move == "create" else state,
        to_state=state,
        effective_on=timezone.localdate(),
        by=by,
        details=details,
    )
