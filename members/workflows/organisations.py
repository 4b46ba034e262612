"""Organisations that their own people put into the register, and the numbers and names they add to them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import identifiers
from members.identifiers import CheckResult, Scheme
from members.informing import refuse_self_registration
from members.models import Identifier, Organisation
from members.workflows.merging import refuse_merged
from members.workflows.people import make_representative
from temp_portal.audit.models import Recording, Transition
from temp_portal.core.search import search_key

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

#: Names of a list by their script: which of them is the one in a language of the portal.
_SCRIPTS: Final = {
    "name_zh_hans": re.compile("[\u4e00-\u9fff]"),
    "name_ru": re.compile("[\u0400-\u04ff]"),
    "name_en": re.compile("^[\u0000-\u024f]+$"),
}
_NUMBER_TAKEN: Final = gettext_lazy("An organisation with this number is in the register already.")
K = TypeVar("K")
CORRECT_COUNTRY: Final = "correct_country"
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


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An organisation that a list names: the first of `names` is the registered one; country as ISO alpha-2."""

    names: Sequence[str]
    country: str = ""
    number: str = ""


def record_organisation(*, by: "User", names: Sequence[str], country: str = "", number: str = "") -> Organisation:
    """Put one organisation on record that a list names (see `record_organisations`). Raises ValidationError."""
    made, refusals = record_organisations({0: Newcomer(names, country, number)}, by=by)
    if refusals:
        raise refusals[0]
    return made[0]


@transaction.atomic
def record_organisations(
    newcomers: Mapping[K, Newcomer], *, by: "User", into: Recording | None = None
) -> tuple[dict[K, Organisation], dict[K, ValidationError]]:
    """Put organisations on record in a fixed number of statements; whom that is refused, and why, comes second.

    Refused are unfit names, and numbers that fit no register or stand in one already. The caller has checked that `by`
    may decide this.
    """
    drafts: dict[K, Organisation] = {}
    numbers: dict[K, Identifier] = {}
    refusals: dict[K, ValidationError] = {}
    for key, newcomer in newcomers.items():
        try:
            drafts[key] = draft = _drafted(newcomer, by)
            if newcomer.number:
                numbers[key] = _numbered(draft, newcomer)
        except ValidationError as error:
            refusals[key] = error
    refusals |= _taken({key: each for key, each in numbers.items() if key not in refusals})
    made = {key: draft for key, draft in drafts.items() if key not in refusals}
    try:
        with transaction.atomic():
            Organisation.objects.bulk_create(made.values())
            Identifier.objects.bulk_create(each for key, each in numbers.items() if key in made)
    except IntegrityError:
        # Somebody else took one of the numbers in the same moment.
        raise ValidationError(_("This has been recorded in the meantime: load the page again.")) from None
    Transition.objects.bulk_create(_transition(each, "create", "registered", by, into) for each in made.values())
    return made, refusals


def _drafted(newcomer: Newcomer, by: "User") -> Organisation:
    first, *others = newcomer.names or [""]
    draft = Organisation(legal_name=first, aliases=others, country=newcomer.country, created_by=by)
    for field, script in _SCRIPTS.items():
        setattr(draft, field, next((name for name in newcomer.names if script.search(name)), ""))
    draft.clean_fields(exclude=["name", "created_by"])
    draft.search_key = search_key(*draft.all_names())
    return draft


def _numbered(draft: Organisation, newcomer: Newcomer) -> Identifier:
    scheme = _scheme_of(newcomer.country, newcomer.number)
    draft.country = newcomer.country or scheme.country
    result = _accepted(scheme.code, newcomer.number)
    return Identifier(
        organisation=draft,
        scheme=scheme.code,
        value=result.normalised,
        format_ok=result.format_ok,
        is_primary=True,
    )


def _taken(numbers: Mapping[K, Identifier]) -> dict[K, ValidationError]:
    """Those whose number is in the register, or is given to another of them before."""
    found = Identifier.objects.filter(value__in={each.value for each in numbers.values()})
    seen = set(found.values_list("scheme", "value"))
    refusals = {}
    for key, each in numbers.items():
        if (each.scheme, each.value) in seen:
            refusals[key] = ValidationError({"number": _NUMBER_TAKEN})
        seen.add((each.scheme, each.value))
    return refusals


@transaction.atomic
def correct_country(
    organisation: Organisation, country: str, *, by: "User", reason: str, into: Recording | None = None
) -> Organisation:
    """Correct the country (ISO alpha-2) in which an organisation is registered. Raises PermissionDenied."""
    if not by.has_perm("members.correct_organisation", organisation):
        raise PermissionDenied
    refuse_merged(organisation)
    locked: Organisation = Organisation.objects.get(pk=organisation.pk)
    was = str(locked.country)
    locked.country = country
    locked.save(update_fields=["country"])
    details = {"before": was, "after": country}
    _transition(locked, CORRECT_COUNTRY, "registered", by, into, reason=reason, details=details).save()
    return locked


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


def _accepted(scheme: str, number: str) -> CheckResult:
    result = identifiers.check(scheme, number)
    if not result.accepted:
        raise ValidationError({"number": result.reason})
    return result


def _add_identifier(organisation: Organisation, scheme: str, number: str, *, is_primary: bool) -> Identifier:
    result = _accepted(scheme, number)
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
        raise ValidationError({"number": _NUMBER_TAKEN}) from None


def _record(organisation: Organisation, move: str, state: str, by: "User", **details: str) -> None:
    _transition(organisation, move, state, by, details=details).save()


def _transition(
    organisation: Organisation,
    move: str,
    state: str,
    by: "User",
    into: Recording | None = None,
    *,
    reason: str = "",
    details: dict[str, str] | None = None,
) -> Transition:
    """An unsaved Transition of an organisation."""
    return Transition(
        subject_type=organisation._meta.label_lower,
        subject_id=organisation.pk,
        move=move,
        from_state="" if move == "create" else state,
        to_state=state,
        effective_on=timezone.localdate(),
        by=by,
        reason=reason,
        details=details or {},
        recording=into,
    )
