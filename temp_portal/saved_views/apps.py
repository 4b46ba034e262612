from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavedViewsConfig(AppConfig):
    name = "temp_portal.saved_views"
    label = "saved_views"
    verbose_name = _("Saved views")

    def ready(self) -> None:
        from temp_portal.core.lists import saved
        from temp_portal.saved_views.menu import menu_of

        saved.keep_with(menu_of)
