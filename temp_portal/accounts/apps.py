from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "temp_portal.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
    default = True

    def ready(self) -> None:
        autodiscover_modules("start_page")


class AdminConfig(admin.AdminConfig):
    """Django's administration with the portal's entrance."""

    default = False
    default_site = "temp_portal.accounts.admin_site.AdminSite"
