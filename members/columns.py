from django.utils.translation import gettext_lazy as _

from members.enums import ClaimState
from temp_portal.core.lists import Column, cells

CLAIM_TONES: dict[str, str] = {
    ClaimState.OPEN: "wait",
    ClaimState.CONFIRMED: "ok",
    ClaimState.REFUSED: "bad",
    ClaimState.WITHDRAWN: "",
}

ORGANISATIONS = [
    Column(
        "name",
        _("Organisation"),
        cells.name(native="legal_name", link="get_absolute_url"),
        sort=("legal_name",),
        export="legal_name",
        row_header=True,
    ),
    Column("name_en", _("Name in English"), cells.text("name_en"), export="name_en", default=False),
    Column("name_zh_hans", _("Name in Chinese"), cells.text("name_zh_hans"), export="name_zh_hans", default=False),
    Column("name_ru", _("Name in Russian"), cells.text("name_ru"), export="name_ru", default=False),
    Column("ownership", _("Ownership"), cells.ownership("ownership_group"), export="ownership_group"),
    Column("country", _("Country"), cells.country(), sort=("country", "legal_name"), export="country"),
    Column("region", _("Region"), cells.text("region"), sort=("region", "legal_name"), export="region"),
    Column("identifier", _("Main number"), cells.text("main_number"), export="main_number"),
    Column("kind", _("Kind"), cells.choice("kind"), export="kind", default=False),
    Column("status", _("Status"), cells.choice("status"), export="status", default=False),
    Column(
        "registered_on",
        _("Registered on"),
        cells.date("registered_on"),
        sort=("registered_on",),
        export="registered_on",
        default=False,
    ),
]

CLAIMS = [
    Column(
        "organisation",
        _("Organisation"),
        cells.name("organisation", native="legal_name", link="get_absolute_url"),
        sort=("organisation__legal_name",),
        export="organisation__legal_name",
        row_header=True,
    ),
    Column("who", _("Person"), cells.text("user.name", "user.email"), sort=("user__name",), export="user__name"),
    Column("email", _("Address"), cells.text("user.email"), export="user__email", default=False),
    Column("post", _("Post"), cells.text("post"), export="post"),
    Column("made", _("Made on"), cells.date("created_at"), sort=("created_at",), export="created_at"),
    Column("state", _("State"), cells.status("state", CLAIM_TONES), sort=("state", "created_at"), export="state"),
]

UNVERIFIED = [
    Column(
        "organisation",
        _("Organisation"),
        cells.name("organisation", native="legal_name", link="get_absolute_url"),
        sort=("organisation__legal_name",),
        export="organisation__legal_name",
        row_header=True,
    ),
    Column("country", _("Country"), cells.country("organisation.country"), export="organisation__country"),
    Column("type", _("Declared ownership"), cells.choice("type"), sort=("type", "recorded_at"), export="type"),
    Column("controller", _("Actual controller"), cells.text("controller"), export="controller"),
    Column("evidence", _("Evidence"), cells.text("evidence"), export="evidence"),
    Column("recorded_by", _("Recorded by"), cells.text("recorded_by"), export="recorded_by__name", default=False),
    Column("recorded", _("Recorded on"), cells.date("recorded_at"), sort=("recorded_at",), export="recorded_at"),
]

STATEMENTS = [
    Column(
        "organisation",
        _("Organisation"),
        cells.name("organisation", native="legal_name", link="organisation.get_absolute_url"),
        sort=("organisation__legal_name",),
        export="organisation__legal_name",
    ),
    Column("type", _("Stated ownership"), cells.link("get_type_display"), sort=("type", "made_at"), row_header=True),
    Column("controller", _("Actual controller"), cells.text("controller"), export="controller"),
    Column("since", _("Holds since"), cells.date("since"), sort=("since",)),
    Column("evidence", _("Evidence"), cells.text("evidence"), export="evidence"),
    Column("evidence_on", _("Date of the evidence"), cells.date("evidence_on"), sort=("evidence_on",)),
    Column("made", _("Made on"), cells.date("made_at"), sort=("made_at",)),
]
