"""The answers of an application in words, for the check page, the status page and the review."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from committees.completeness import questions_of, sections_of
from committees.enums import ApplicationSection, EvidenceKind
from committees.forms.industries import industry_label
from committees.models import Application, ApplicationDocument, Question
from members.languages import language_choices
from members.models import Representative
from temp_portal.core.country_names import country_name
from temp_portal.core.markup import date_text, name_tag
from temp_portal.core.markup.names import lang_attribute


@dataclass(frozen=True, slots=True)
class Answers:
    """One part: (label, value) pairs as `components/kv.html` takes them."""

    section: ApplicationSection
    pairs: list[tuple[str | Promise, Any]] = field(default_factory=list)

    @property
    def url_name(self) -> str:
        """Name of the page on which the enterprise changes it."""
        return f"committees:section-{self.section}"


def answers(application: Application) -> list[Answers]:
    """Every part in its order; reads the organisation's numbers and the representative's post."""
    return [Answers(section, _PAIRS[section](application)) for section in sections_of(application)]


def _organisation(application: Application) -> list[tuple[Any, Any]]:
    organisation = application.organisation
    numbers = organisation.identifiers.order_by("-is_primary", "id")
    return [
        (_("Organisation"), name_tag(organisation, native="legal_name")),
        (_("Country of registration"), organisation.country.name if organisation.country else ""),
        *[(each.scheme_label, format_html('<span class="mono">{}</span>', each.value)) for each in numbers],
    ]


def _ownership(application: Application) -> list[tuple[Any, Any]]:
    since = application.ownership_since
    return [
        (_("Declared ownership"), capfirst(application.get_ownership_type_display())),
        (_("Ultimate controller"), application.controller),
        (_("Holds since"), date_text(since) if since else ""),
        (_("Evidence"), application.ownership_evidence),
    ]


def _markets(application: Application) -> list[tuple[Any, Any]]:
    codes = [industry_label(each) for each in application.industry_codes]
    return [
        (_("Sectors"), format_html_join(SafeString("<br>"), "{}", ((code,) for code in codes))),
        (_("Target countries"), ", ".join(country_name(code) for code in application.target_countries)),
    ]


def _representative(application: Application) -> list[tuple[Any, Any]]:
    person = application.representative
    if person is None:
        return []
    entry = Representative.objects.live().filter(person=person, organisation=application.organisation_id).first()
    return [
        (_("Representative"), person.name if not person.name_latin else f"{person.name} ({person.name_latin})"),
        (_("Post"), entry.post if entry else ""),
        (_("Work e-mail"), person.email),
        (_("Work phone"), person.phone),
        (_("Languages"), ", ".join(_language(code) for code in person.languages)),
    ]


def _language(code: str) -> str:
    return dict(language_choices()).get(code, code)


def _questions(application: Application) -> list[tuple[Any, Any]]:
    given = dict(application.given_answers.values_list("question", "value"))
    files = _titles(application.attached.filter(question__isnull=False), "question_id")
    return [
        (name_tag(each, "text", lines=1), files.get(each.pk) or answer_in_words(each, given.get(each.pk)))
        for each in questions_of(application)
    ]


def _documents(application: Application) -> list[tuple[Any, Any]]:
    titles = _titles(application.attached.filter(question__isnull=True), "kind")
    found: list[tuple[Any, Any]] = [(kind.label, titles[kind.value]) for kind in EvidenceKind if kind.value in titles]
    return found or [(_("Documents"), _("none attached"))]


def _titles(attached: QuerySet[ApplicationDocument], by: str) -> dict[Any, SafeString]:
    """Documents with their last day, each linked to its page, by an attribute of what attaches them."""
    found: dict[Any, list[tuple[str, str, str]]] = {}
    for each in attached.select_related("document"):
        until = each.document.expires_on
        note = _("valid until %(day)s") % {"day": date_text(until)} if until else ""
        line = (each.document.get_absolute_url(), str(each.document), f" ({note})" if note else "")
        found.setdefault(getattr(each, by), []).append(line)
    return {key: format_html_join(SafeString("<br>"), '<a href="{}">{}</a>{}', lines) for key, lines in found.items()}


def answer_in_words(question: Question, value: Any) -> str:
    """An answer as one reads it; empty without one."""
    if value is None or not question.has_choices:
        return str(value or "")
    offered = question.choices.splitlines()
    return "; ".join(offered[place - 1] for place in (value if isinstance(value, list) else [value]))


def _motivation(application: Application) -> list[tuple[Any, Any]]:
    return [
        (_("Place in the industrial chain"), application.get_chain_role_display()),
        (_("What you bring and expect"), text_in_its_language(application)),
    ]


def text_in_its_language(application: Application) -> SafeString:
    """The motivation as paragraphs, marked with the language it is written in."""
    if not application.motivation:
        return SafeString("")
    language = lang_attribute(application.motivation_language)
    return format_html(
        '<div lang="{}">{}</div>', language, SafeString(linebreaks(application.motivation, autoescape=True))
    )


_PAIRS = {
    ApplicationSection.ORGANISATION: _organisation,
    ApplicationSection.OWNERSHIP: _ownership,
    ApplicationSection.MARKETS: _markets,
    ApplicationSection.REPRESENTATIVE: _representative,
    ApplicationSection.DOCUMENTS: _documents,
    ApplicationSection.QUESTIONS: _questions,
    ApplicationSection.MOTIVATION: _motivation,
}
