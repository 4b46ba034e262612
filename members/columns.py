from django.utils.translation import gettext_lazy as _

from temp_portal.core.lists import Column, cells

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
