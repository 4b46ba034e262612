"""Every component on one page, mounted for tests only: what the look is checked with."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from temp_portal.core.lists import Empty
from temp_portal.core.markup.ownership import OwnershipGroup
from temp_portal.core.views import Crumb, Place
from tests.core import list_example

TEMPLATE = Path(__file__).with_name("gallery.html")


class GalleryForm(forms.Form):
    ownership = forms.ChoiceField(label="Ownership", choices=OwnershipGroup.choices[:4], widget=forms.RadioSelect)
    controller = forms.CharField(label="Ultimate controlling owner", help_text="As it stands in the register.")
    country = forms.ChoiceField(
        label="Country", choices=[("", "any"), *((f"c{n}", f"Country {n}") for n in range(40))], required=False
    )
    countries = forms.MultipleChoiceField(
        label="Target countries", choices=[(f"c{n}", f"Country {n}") for n in range(40)], required=False
    )
    since = forms.DateField(label="From when", widget=forms.DateInput(attrs={"class": "short"}))
    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    document = forms.FileField(label="Register extract", help_text="PDF or image, up to 20 MB.", required=False)
    consent = forms.BooleanField(label="The person agrees to be named")


class Committee:
    """A name in three languages."""

    name_en = "Non-ferrous Metals Working Committee"
    name_zh_hans = "有色金属工作委员会"
    name_ru = "Рабочий комитет цветной металлургии"


class Firm:
    """A firm whose name nobody has translated."""

    name_en = name_zh_hans = ""
    name_ru = "ТОО «Сарыаркинский завод сплавов»"
    legal_name, legal_name_language = name_ru, "ru"


def context() -> dict[str, Any]:
    """Invented content for every component."""
    at = datetime(2026, 11, 18, 2, 5, tzinfo=UTC)
    return {
        "title": "Non-ferrous Metals Working Committee",
        "crumbs": [Crumb("Committees", "/committees/"), Crumb("Non-ferrous Metals")],
        "places": [
            Place("Overview", "#overview"),
            Place("Roster", "#roster", current=True, count=47),
            Place("Applications", "#applications", count=6),
            Place("Meetings", "#meetings"),
            Place("Projects", "#projects"),
            Place("Settings", "#settings"),
        ],
        "committee": Committee(),
        "firm": Firm(),
        "counts": {"central": 9, "local": 8, "private": 21, "foreign": 7, "unverified": 2},
        "no_counts": {},
        "urls": dict.fromkeys(["central", "local", "private", "foreign"], "#roster"),
        "rules": [
            ("R1", "All four groups present", "4 of 4", "ok", "Pass"),
            ("R4", "Private largest, at least 40%", "21 of 45 = 46.7%", "ok", "Pass"),
            ("R10", "Ownership verified within 24 months", "43 of 46 = 93.5%", "warn", "3 to verify"),
        ],
        "events": [
            {"title": "Waits for your decision", "now": True, "at": date(2026, 11, 20)},
            {
                "title": "Returned for one change",
                "by": "Yan Lan, secretary",
                "at": at,
                "quote": "Please send an extract.",
            },
            {"title": "Submitted", "by": "Dana Omarova", "at": at, "url": "#v1", "link": "version 1"},
        ],
        "steps": [
            {"label": "Draft", "state": "done", "detail": "Yan Lan, secretary", "at": at},
            {"label": "Figures frozen", "state": "done", "detail": "Yan Lan, secretary", "at": at},
            {"label": "Signature", "state": "now", "detail": "waits for the Director-General"},
            {"label": "Published", "state": "", "detail": "due soon"},
        ],
        "pairs": [("Country", "Kazakhstan (SCO member)"), ("BIN", "221140900317"), ("Nothing", "")],
        "empty": Empty("No member left in this quarter.", "See all movements", "#all"),
        "quarters": ["Q3 25", "Q4 25", "Q1 26", "Q2 26", "Q3 26"],
        "course": [
            ("central", "Central SOE", [7, 7, 7, 8, 9]),
            ("local", "Local SOE", [7, 7, 8, 8, 7]),
            ("private", "Private", [14, 15, 15, 17, 19]),
            ("foreign", "Foreign", [5, 5, 6, 6, 7]),
        ],
    }


def gallery(request: HttpRequest) -> HttpResponse:
    """The page; a POST shows the form with its errors."""
    form = GalleryForm(request.POST, request.FILES) if request.method == "POST" else GalleryForm()
    if form.is_bound and form.is_valid():
        return HttpResponse("saved")
    template = engines["django"].from_string(TEMPLATE.read_text(encoding="utf-8"))
    return HttpResponse(template.render(context() | {"form": form}, request))


urlpatterns = [path("gallery/", gallery, name="gallery"), *list_example.urlpatterns]
