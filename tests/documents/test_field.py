"""The file box of other apps' forms: an upload survives every mistake elsewhere in the form."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from temp_portal.accounts.enums import Role
from temp_portal.documents.fields import DocumentField
from temp_portal.documents.models import Document
from tests.factories import OrganisationFactory, document_of, picture, user_with

pytestmark = pytest.mark.django_db


class Evidence(forms.Form):
    note = forms.CharField()

    def __init__(self, *args, scope, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"] = DocumentField(scope=scope, by=by, kind="ownership", label="Evidence")


def sent(content=None):
    return {"file_file": SimpleUploadedFile("extract.png", content or picture(4).getvalue())}


def test_a_good_file_is_kept_while_the_rest_of_the_form_is_wrong(scope, representative):
    form = Evidence({"note": ""}, sent(), scope=scope, by=representative)
    assert set(form.errors) == {"note"}
    document = Document.objects.get()
    assert document.kind == "ownership"
    assert f'<option value="{document.pk}" selected>' in str(form["file"])

    again = Evidence({"note": "Now", "file": str(document.pk)}, scope=scope, by=representative)
    assert again.is_valid()
    assert again.cleaned_data["file"] == document


def test_a_bad_file_says_why_at_its_box(scope, representative):
    form = Evidence({"note": "a"}, sent(b"MZ"), scope=scope, by=representative)
    assert "none of the kinds" in form.errors["file"][0]
    assert 'id="id_file_file"' in str(form["file"])


def test_nothing_and_what_is_not_the_owners(scope, representative, firm):
    other = OrganisationFactory.create()
    theirs = document_of(other, by=user_with(Role.REPRESENTATIVE, other))
    for value in ("", str(theirs.pk), "999999", "x", "9" * 30, "²"):
        form = Evidence({"note": "a", "file": value}, scope=scope, by=representative)
        assert set(form.errors) == {"file"}, value
        assert "licence" not in str(form["file"])
