from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "temp_portal.core"
    label = "core"

    def ready(self) -> None:
        from temp_portal.core import lookups

        lookups.register()
        autodiscover_modules("search_index", "dashboard", "tabular")
