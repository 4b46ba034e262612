"""Who speaks for an organisation, and what these people have agreed to."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from members.consents import CONSENT_TEXTS
from members.enums import ConsentChannel, ConsentPurpose
from members.informing import ShownNotice, refuse_self_registration
from members.models import Consent, Organisation, Person, Representative
from members.workflows.merging import refuse_merged
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import RoleGrant
from temp_portal.accounts.workflows import end_role, grant_role
from temp_portal.audit.models import Transition
from temp_portal.core.db import date_range

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

PARTICULARS = ("name", "name_latin", "name_zh", "name_ru", "email", "phone", "languages")


@transaction.atomic
def person_of(user: "User") -> Person:
    """The person behind an account, made from it at the first time."""
    person, _created = Person.objects.get_or_create(user=user, defaults={"name": str(user), "email": user.email})
    return person


@transaction.atomic
def make_representative(
    organisation: Organisation, user: "User", *, by: "User", post: str = "", since: date | None = None
) -> Representative:
    """Let `user` speak for the organisation from `since`, today without one: on record and in the portal.

    The caller has checked that `by` may decide this. Raises ValidationError when the user represents it already.
    """
    day = since or timezone.localdate()
    person = person_of(user)
    grant_role(user, Role.REPRESENTATIVE, organisation.pk, by=by, since=day)
    current = Representative.objects.filter(person=person, organisation=organisation).live(day).first()
    if current is not None:
        return current
    return Representative.objects.create(person=person, organisation=organisation, post=post, valid=date_range(day))


@transaction.atomic
def end_representation(grant: RoleGrant, *, by: "User", on: date | None = None, reason: str = "") -> None:
    """Take back the right to act for an organisation and close the representative's entry on the same day."""
    day = on or timezone.localdate()
    end_role(grant, by=by, on=day, reason=reason)
    entries = Representative.objects.filter(person__user=grant.user_id, organisation=grant.scope_id).live(day)
    for entry in entries.select_for_update(of=("self",)):
        if day <= entry.valid.lower:
            entry.delete()
        else:
            entry.valid = date_range(entry.valid.lower, day)
            entry.save(update_fields=["valid"])


@transaction.atomic
def save_own_particulars(
    person: Person, organisation: Organisation, *, by: "User", post: str | None = None, **particulars: object
) -> Person:
    """A representative writes down the own name, contacts, languages and post in the organisation.

    Raises PermissionDenied for another person's data or an organisation that `by` does not represent; ValidationError
    where people do not put themselves on record, unless the organisation has entered this one.
    """
    if person.user_id != by.pk or not by.has_role_on(ScopeKind.ORGANISATION, organisation.pk, Role.REPRESENTATIVE):
        raise PermissionDenied
    if not entered_by_others(person):
        refuse_self_registration(organisation.country.code or "")
    changed = [name for name in PARTICULARS if name in particulars and getattr(person, name) != particulars[name]]
    for name in changed:
        setattr(person, name, particulars[name])
    if changed:
        person.save(update_fields=changed)
    if post is not None:
        entries = Representative.objects.filter(person=person, organisation=organisation).live()
        entries.exclude(post=post).update(post=post)
    return person


def entered_by_others(person: Person) -> bool:
    """Whether somebody else has put the person on record and shown the notice."""
    shown = Consent.objects.filter(person=person.pk, purpose=ConsentPurpose.NOTICE)
    return shown.exclude(channel=ConsentChannel.PORTAL).exists()


@transaction.atomic
def confirm_notice(person: Person, notice: ShownNotice, *, by: "User") -> Consent:
    """Record that the person was shown the notice: by the portal, or by whoever enters the person.

    The caller has checked that `by` may enter this person. The same version is recorded once.
    """
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    living = Consent.objects.filter(person=person, purpose=ConsentPurpose.NOTICE, withdrawn_at__isnull=True)
    if found := living.filter(text_version=notice.version).first():
        return found
    living.update(withdrawn_at=timezone.now())
    own = person.user_id == by.pk
    made = Consent.objects.create(
        person=person,
        purpose=ConsentPurpose.NOTICE,
        text_version=notice.version,
        language=notice.language,
        channel=ConsentChannel.PORTAL if own else ConsentChannel.ORGANISATION,
    )
    _record(made, "confirm_notice", "given", by=by, effective_on=timezone.localdate())
    return made


@transaction.atomic
def give_consent(person: Person, purpose: ConsentPurpose, *, by: "User") -> Consent:
    """Record that the person agrees to the present text; the one living consent stays when the text is the same.

    Raises PermissionDenied: nobody consents for somebody else.
    """
    if person.user_id != by.pk:
        raise PermissionDenied
    version = CONSENT_TEXTS[purpose].version
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    living = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at__isnull=True)
    if found := living.filter(text_version=version).first():
        return found
    living.update(withdrawn_at=timezone.now())
    return Consent.objects.create(
        person=person, purpose=purpose, text_version=version, language=get_language() or "en", channel="portal"
    )


@transaction.atomic
def set_consent(person: Person, purpose: ConsentPurpose, *, agreed: bool, by: "User") -> None:
    """Give the consent, or withdraw the living one, as the box on a form stands. Raises PermissionDenied."""
    if agreed:
        give_consent(person, purpose, by=by)
        return
    for living in Consent.objects.filter(person=person, purpose=purpose, withdrawn_at__isnull=True):
        withdraw_consent(living, by=by)


@transaction.atomic
def record_person(
    organisation: Organisation, *, by: "User", notice: ShownNotice, post: str, since: date, **particulars: Any
) -> Person:
    """Put somebody on record whom an organisation names to speak for it, and who has been shown the notice.

    The person gets no account by that.

    Raises PermissionDenied; ValidationError for an organisation that was merged, or a day in the future.
    """
    if not by.has_perm("members.record_person", organisation):
        raise PermissionDenied
    _refuse_future(since, "since")
    refuse_merged(organisation)
    person = Person.objects.create(**{name: particulars[name] for name in PARTICULARS if name in particulars})
    Representative.objects.create(person=person, organisation=organisation, post=post, valid=date_range(since))
    confirm_notice(person, notice, by=by)
    return person


@transaction.atomic
def keep_person(person: Person, *, by: "User", **particulars: Any) -> Person:
    """Correct the forms of a person's name, the work contacts and languages. Raises PermissionDenied."""
    locked: Person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not by.has_perm("members.keep_person", locked):
        raise PermissionDenied
    refuse_merged(locked)
    changed = [name for name in PARTICULARS if name in particulars and getattr(locked, name) != particulars[name]]
    for name in changed:
        setattr(locked, name, particulars[name])
    if changed:
        locked.save(update_fields=changed)
    return locked


@transaction.atomic
def record_consent(
    person: Person, purpose: ConsentPurpose, *, by: "User", language: str, channel: ConsentChannel, given_on: date
) -> Consent:
    """Record that the person agreed to the present text outside the portal; an earlier living consent ends with it.

    Raises PermissionDenied, or ValidationError for a day in the future or before the text was in force.
    """
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not by.has_perm("members.keep_person", locked):
        raise PermissionDenied
    _refuse_future(given_on, "given_on")
    version = CONSENT_TEXTS[purpose].version
    if given_on < date.fromisoformat(version):
        message = _("The text is in force since %(day)s: who agreed before, agreed to another one. Ask again.")
        raise ValidationError({"given_on": message % {"day": version}})
    refuse_merged(locked)
    living = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at__isnull=True)
    living.update(withdrawn_at=timezone.now())
    made = Consent.objects.create(
        person=person,
        purpose=purpose,
        text_version=version,
        language=language,
        channel=channel,
        given_at=_moment(given_on),
    )
    _record(made, "record_consent", "given", by=by, effective_on=given_on)
    return made


@transaction.atomic
def record_withdrawal(consent: Consent, *, by: "User") -> Consent:
    """The person has told an officer that a consent is withdrawn: it holds no longer from this moment."""
    locked = Consent.objects.select_for_update(of=("self",)).select_related("person").get(pk=consent.pk)
    if not by.has_perm("members.keep_person", locked.person):
        raise PermissionDenied
    _withdraw(locked)
    _record(locked, "record_withdrawal", "withdrawn", by=by, effective_on=timezone.localdate())
    return locked


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: "User") -> Consent:
    """Take a consent back; it holds no longer from this moment. Raises PermissionDenied, ValidationError."""
    locked = Consent.objects.select_for_update(of=("self",)).select_related("person").get(pk=consent.pk)
    if locked.person.user_id != by.pk:
        raise PermissionDenied
    _withdraw(locked)
    return locked


def _withdraw(locked: Consent) -> None:
    if locked.purpose == ConsentPurpose.NOTICE:
        raise ValidationError(_("That a notice was shown stays on record. You can object to the use of your data."))
    if locked.withdrawn_at is not None:
        raise ValidationError(_("This consent has been withdrawn already."))
    locked.withdrawn_at = timezone.now()
    locked.save(update_fields=["withdrawn_at"])


def _refuse_future(day: date, field: str) -> None:
    if day > timezone.localdate():
        raise ValidationError({field: _("The day lies in the future: choose today or an earlier day.")})


def _moment(day: date) -> datetime:
    """When a consent of that day began: its first moment, or now for today, so that it never lies in the future."""
    return min(timezone.make_aware(datetime.combine(day, time.min)), timezone.now())


def _record(consent: Consent, move: str, state: str, *, by: "User", effective_on: date) -> None:
    Transition.objects.create(
        subject_type=Consent._meta.label_lower,
        subject_id=consent.pk,
        move=move,
        to_state=state,
        effective_on=effective_on,
        by=by,
        details={"purpose": consent.purpose, "channel": consent.channel},
    )
