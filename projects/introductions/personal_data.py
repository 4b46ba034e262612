from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from projects.introductions.models import Assessment, Entrepreneur, Introduction
from temp_portal.audit.history import history_of
from temp_portal.audit.holdings import Trace, holding, trace
from temp_portal.audit.wiping import BLANK, counter, wiper

holding(
    Entrepreneur,
    person=["person"],
    organisation=["organisation"],
    fields=["name", "field_of_work", "organisation", "created_at"],
    erased={"name": "", "field_of_work": "", "search_key": ""},
    stays=_("How many introductions led to a project is counted without the name."),
)
holding(
    Assessment,
    person=["entrepreneur__person"],
    organisation=["entrepreneur__organisation"],
    fields=["criterion", "score", "evidence", "assessed_on"],
    erased={"evidence": BLANK},
    set_aside="introductions.Assessment:append_only",
    stays=_("The score remains without the text that spoke of the person."),
)
holding(
    Introduction,
    person=["entrepreneur__person", "by_person"],
    organisation=["entrepreneur__organisation", "by_organisation", "district"],
    fields=["state", "district", "committee", "source", "idea", "created_at"],
    stays=_("What became of an introduction is counted; it points to the person by number."),
)


def _wipe_names(names: Sequence[str]) -> int:
    """The earlier versions come last: wiping the row itself writes one more."""
    found = wiper(Entrepreneur, "name")(names)
    Entrepreneur.objects.filter(name__contains=BLANK).exclude(search_key="").update(search_key="")
    wiper(history_of(Entrepreneur), "name")(names)
    history_of(Entrepreneur)._default_manager.filter(name__contains=BLANK).update(search_key="")
    return found


def _wipe_texts(names: Sequence[str]) -> int:
    found = wiper(Introduction, "source", "idea", "landing_evidence")(names)
    wiper(history_of(Introduction), "source", "idea", "landing_evidence")(names)
    return found


trace(Trace(_("names of entrepreneurs"), counter(Entrepreneur, "name"), _wipe_names))
trace(Trace(_("texts of introductions"), counter(Introduction, "source", "idea", "landing_evidence"), _wipe_texts))
