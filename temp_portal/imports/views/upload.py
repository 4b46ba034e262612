from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _translate
from django.utils.translation import gettext_lazy as _

from temp_portal.accounts.permissions import user_of
from temp_portal.core.views import Crumb, FormView
from temp_portal.imports import storage, workflows
from temp_portal.imports.forms import UploadForm
from temp_portal.imports.views.access import RIGHT, import_crumbs


class ImportUpload(FormView):
    """Choose the kind of rows and the file; what is no table is refused at once."""

    form_class = UploadForm
    rule = RIGHT
    login_required = True
    title = _("Import a table")
    intro = _("Nothing is written before you have seen what would change.")
    submit_label = _("Upload and choose the columns")

    def get_crumbs(self) -> Sequence[Crumb]:
        return import_crumbs(Crumb(_("New")))

    def get_back_url(self) -> str:
        return reverse("imports:imports")

    def get_initial(self) -> dict[str, Any]:
        return {"kind": self.request.GET.get("kind", "")}

    def form_valid(self, form: UploadForm) -> HttpResponse:
        upload = form.cleaned_data["file"]
        size = upload.size or 0
        made = workflows.upload(
            by=user_of(self.request),
            kind=form.cleaned_data["kind"],
            name=upload.name,
            size=size,
            headers=form.look.headers,
            sample=form.look.sample,
            file=storage.keep(upload),
        )
        return self.done(_translate("The file has been read. Nothing has been written yet."), made.columns_url)
