"""What the registry holds about people and organisations, and what of it is emptied when a person is erased."""

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat, Now
from django.utils.translation import gettext_lazy as _

from members.models import (
    Claim,
    Consent,
    ExternalReference,
    FormerName,
    Identifier,
    Invitation,
    LegalEvent,
    Organisation,
    OrganisationDismissal,
    OrganisationMerge,
    Ownership,
    OwnershipStatement,
    Person,
    PersonDismissal,
    PersonMerge,
    Representative,
)
from temp_portal.audit.holdings import holding, left_out

PUBLIC = _("An organisation is no person: its record is public.")
ARCHIVE = _("Who held which office and spoke for which member is kept for good, under a number instead of the name.")

holding(
    Person,
    person=["pk"],
    user=["user"],
    fields=["name", "name_latin", "name_zh", "name_ru", "email", "phone", "languages", "created_at"],
    erased={
        "name": Concat(Value("#"), Cast(F("pk"), CharField())),
        "name_latin": "",
        "name_zh": "",
        "name_ru": "",
        "email": "",
        "phone": "",
        "languages": [],
        "search_key": "",
        "user": None,
        "erased_at": Now(),
    },
    stays=ARCHIVE,
)
holding(
    Representative,
    person=["person"],
    organisation=["organisation"],
    fields=["person", "organisation", "post", "valid"],
    erased={"post": ""},
    stays=ARCHIVE,
)
holding(
    Consent,
    person=["person"],
    fields=["purpose", "text_version", "language", "channel", "given_at", "withdrawn_at"],
    stays=_("It proves what the person was told and agreed to; it bears the number instead of the name."),
)
holding(
    Claim,
    user=["user"],
    fields=["organisation", "post", "statement", "state", "created_at", "decided_at", "decision_reason"],
    erased={"post": "", "statement": ""},
    stays=_("That somebody asked and what was decided stays on record without what the person wrote."),
)
left_out(Claim, "organisation", why=_("What a person wrote to the Secretariat belongs to that person's own data."))
holding(
    Invitation,
    user=["user"],
    organisation=["organisation"],
    fields=["organisation", "post", "state", "created_at", "expires_at"],
    erased={"email": "", "post": ""},
    stays=_("That somebody was invited stays on record without the address."),
)
holding(
    PersonMerge,
    person=["merged", "remaining"],
    fields=["merged_at", "reason"],
    erased={"chosen": {}, "previous": {}},
    set_aside="members.PersonMerge:as_recorded",
    stays=_("Frozen figures count by which records were one."),
)
holding(
    Organisation,
    organisation=["pk"],
    fields=[
        "legal_name",
        "name_en",
        "name_zh_hans",
        "name_ru",
        "kind",
        "country",
        "region",
        "city",
        "website",
        "registered_on",
        "status",
    ],
    stays=PUBLIC,
)
left_out(Organisation, "parent", why=_("A relation between organisations."))
holding(Identifier, organisation=["organisation"], fields=["scheme", "value", "verified_at"], stays=PUBLIC)
holding(ExternalReference, organisation=["organisation"], fields=["source", "source_id"], stays=PUBLIC)
holding(
    Ownership,
    organisation=["organisation"],
    fields=["type", "controller", "evidence", "evidence_on", "valid", "recorded_at", "verified_at"],
    stays=_("A fact behind frozen figures."),
)
holding(
    LegalEvent, organisation=["organisation"], fields=["kind", "effective_on", "document", "recorded_at"], stays=PUBLIC
)
left_out(LegalEvent, "successor", why=_("Told by the event of the organisation that it befell."))
left_out(LegalEvent.others.through, "organisation", why=_("Told by the event of the organisation that it befell."))
holding(FormerName, organisation=["organisation"], fields=["legal_name", "valid"], stays=PUBLIC)
holding(
    OwnershipStatement,
    organisation=["organisation"],
    fields=["type", "controller", "since", "evidence", "evidence_on", "state", "made_at", "decided_at"],
    stays=_("A statement of the organisation, which facts rest on."),
)
left_out(OrganisationDismissal, "one", "other", why=_("Which records were one says nothing about a person."))
left_out(PersonDismissal, "one", "other", why=_("Which records were one says nothing about a person."))
left_out(OrganisationMerge, "merged", "remaining", why=_("Which records were one says nothing about a person."))
left_out(Organisation, "merged_into", why=_("Which records are one; the copy holds all of them."))
left_out(Person, "merged_into", why=_("Which records are one; copy and erasure take all of them."))
