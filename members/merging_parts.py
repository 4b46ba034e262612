"""What the register itself hangs on organisations and people."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.carried import Carried, carries, conflicts, days
from members.models import Claim, Consent, Organisation, Ownership, Person, Representative
from temp_portal.accounts.enums import ScopeKind
from temp_portal.documents.models import Document
from temp_portal.documents.scopes import Scope


@carries(Organisation)
def numbers(organisation: Organisation) -> Carried:
    found = organisation.identifiers.order_by("-is_primary", "id")
    return Carried(gettext_lazy("Register numbers"), [f"{each.scheme_label} {each.value}" for each in found])


@carries(Organisation)
def ownerships(organisation: Organisation) -> Carried:
    found = Ownership.objects.current().filter(organisation=organisation).order_by("valid")
    lines = [f"{each.get_type_display()}, {days(each.valid)}" for each in found]
    return Carried(gettext_lazy("Ownership"), lines)


@carries(Organisation)
def representatives(organisation: Organisation) -> Carried:
    found = Representative.objects.filter(organisation=organisation).select_related("person").order_by("valid", "id")
    return Carried(gettext_lazy("Representatives"), [f"{each.person}, {days(each.valid)}" for each in found])


@carries(Organisation)
def documents(organisation: Organisation) -> Carried:
    found = Document.objects.of(Scope(ScopeKind.ORGANISATION, organisation.pk)).kept().newest().order_by("id")
    return Carried(gettext_lazy("Documents"), [f"{each}, {each.kind_label}" for each in found])


@conflicts(Organisation)
def waiting_claims(merged: Organisation, _remaining: Organisation) -> Sequence[str]:
    """Whoever asks to represent the merged one has to be answered first."""
    waiting = Claim.objects.waiting().filter(organisation=merged).select_related("user").order_by("pk")
    message = _("%(who)s asks to represent “%(merged)s”: decide on the claim first.")
    return [message % {"who": claim.user, "merged": merged.own_name} for claim in waiting]


@carries(Person)
def representations(person: Person) -> Carried:
    found = Representative.objects.filter(person=person).select_related("organisation").order_by("valid", "id")
    lines = [f"{each.organisation}, {days(each.valid)}" for each in found]
    return Carried(gettext_lazy("Represents"), lines)


@carries(Person)
def consents(person: Person) -> Carried:
    found = Consent.objects.filter(person=person).order_by("given_at")
    word = {True: _("given"), False: _("withdrawn")}
    lines = [f"{each.get_purpose_display()}: {word[each.withdrawn_at is None]}" for each in found]
    return Carried(gettext_lazy("Consents"), lines)


@conflicts(Person)
def account_of_the_merged(merged: Person, _remaining: Person) -> Sequence[str]:
    """An account belongs to the record that stays."""
    if merged.user_id is None:
        return []
    return [_("“%(merged)s” has an account: let this record remain.") % {"merged": merged.own_name}]
