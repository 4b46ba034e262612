from django.utils.translation import gettext_lazy as _

from temp_portal.audit.holdings import holding
from temp_portal.saved_views.models import SavedView

holding(
    SavedView,
    user=["owner"],
    fields=["name", "path"],
    stays=_("How a list is set up says nothing about a person, and colleagues may use it."),
)
