"""`{% load apply %}`: `{% ownership_type "private" %}` shows a type of ownership with its mark and what it means."""

from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from members.enums import GROUP_OF_TYPE, OwnershipType
from temp_portal.core.markup import own_mark

register = template.Library()

MEANING: Final[dict[OwnershipType, str | Promise]] = {
    OwnershipType.CENTRAL_SOE: _("Controlled by a group on the list of China's central enterprises"),
    OwnershipType.LOCAL_SOE: _("The ultimate controller is a province, a city or a district"),
    OwnershipType.PRIVATE: _("Controlled by private citizens of China"),
    OwnershipType.HMT: _("Registered in mainland China with capital from Hong Kong, Macao or Taiwan"),
    OwnershipType.FOREIGN: _("Registered in mainland China with foreign capital"),
    OwnershipType.OVERSEAS: _("Registered outside mainland China, whoever controls it"),
    OwnershipType.COLLECTIVE: _("Owned by a collective; counted apart from the four groups"),
    OwnershipType.NON_ENTERPRISE: _("University, think tank, association, authority; counted apart"),
}


@register.simple_tag
def ownership_type(value: str) -> SafeString:
    """Mark, name and meaning of a type of ownership (domain brief §2)."""
    kind = OwnershipType(value)
    return format_html("{}<small>{}</small>", own_mark(GROUP_OF_TYPE[kind], capfirst(kind.label)), MEANING[kind])
