from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntroductionsConfig(AppConfig):
    name = "projects.introductions"
    label = "introductions"
    verbose_name = _("Intelligence and investment")
