from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "temp_portal.core"
    label = "core"

    def ready(self) -> None:
        from temp_portal.core import lookups

        lookups.register()
