from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "temp_portal.documents"
    label = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        autodiscover_modules("document_access")
