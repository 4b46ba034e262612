from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SavedViewForm(forms.Form):
    """A name, and who sees the view when."""

    name = forms.CharField(label=_("Name"), max_length=60)
    is_default = forms.BooleanField(label=_("Show it first whenever I open the list"), required=False)
    shared = forms.BooleanField(label=_("Share it with the committee's secretaries"), required=False)

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["shared"]

    def values(self) -> dict[str, Any]:
        """What `workflows` takes."""
        return {"shared": False} | self.cleaned_data
