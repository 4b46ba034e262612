"""Ownership: shape, label and hue together, always in the same order (look: hue alone is never enough)."""

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class OwnershipGroup(TextChoices):
    """The four groups of the percentages, and what stands outside them (domain brief §2)."""

    CENTRAL = "central", gettext_lazy("Central SOE")
    LOCAL = "local", gettext_lazy("Local SOE")
    PRIVATE = "private", gettext_lazy("Private")
    FOREIGN = "foreign", gettext_lazy("Foreign")
    COLLECTIVE = "collective", gettext_lazy("Collective")
    NON_ENTERPRISE = "non_enterprise", gettext_lazy("Non-enterprise")
    UNVERIFIED = "unverified", gettext_lazy("Unverified")


COUNTED: Final = (OwnershipGroup.CENTRAL, OwnershipGroup.LOCAL, OwnershipGroup.PRIVATE, OwnershipGroup.FOREIGN)


_SHAPES: Final[dict[str, str]] = {
    "central": '<circle cx="6" cy="6" r="5.5" class="f-central"/>',
    "local": '<rect x="1" y="1" width="10" height="10" class="f-local"/>',
    "private": '<path d="M6 .5 12 11.5H0Z" class="f-private"/>',
    "foreign": '<path d="M6 0 12 6 6 12 0 6Z" class="f-foreign"/>',
    "outside": '<circle cx="6" cy="6" r="4.5" class="f-other"/>',
}
_MARKS: Final[dict[str, SafeString]] = {
    group: SafeString(f'<svg viewBox="0 0 12 12" aria-hidden="true">{shape}</svg>') for group, shape in _SHAPES.items()
}


def own_shape(group: str) -> SafeString:
    """The bare shape of a group, for a key whose label stands beside it."""
    return _MARKS.get(group, _MARKS["outside"])


def own_mark(group: str, label: object = None, *, hidden: bool = False) -> SafeString:
    """Shape and label of a group; `label` replaces the group's own ("Registered abroad", a count).

    hidden: the label is for screen readers only (a key stands near).
    """
    text = OwnershipGroup(group).label if label is None else label
    if hidden:
        return format_html('<span class="own">{}<span class="visually-hidden">{}</span></span>', own_shape(group), text)
    return format_html('<span class="own">{}{}</span>', own_shape(group), text)


def own_bar(counts: Mapping[str, int], size: str = "") -> SafeString:
    """Stacked bar of the four groups. Geometry stands in attributes, which a strict policy allows.

    counts: members by group; groups outside the percentages are left out.
    size: "" (10 px), "tall" (20 px), "front" (28 px).
    """
    parts = [(group.value, counts.get(group, 0)) for group in COUNTED]
    total = sum(count for _group, count in parts)
    label = _("Ownership: %(counts)s") % {
        "counts": ", ".join(f"{OwnershipGroup(group).label} {count}" for group, count in parts)
    }
    if not total:
        body = SafeString('<rect width="100%" height="100%" class="f-empty"/>')
    else:
        body = format_html_join("", _SEGMENT, _segments(parts, total))
    return format_html('<svg class="bar {}" role="img" aria-label="{}">{}</svg>', size, label, body)


_SEGMENT: Final = (
    '<svg x="{}%" width="{}%" height="100%"><rect width="100%" height="100%" class="f-{}"/>'
    '<rect x="100%" width="2" height="100%" transform="translate(-2)" class="f-gap"/></svg>'
)


def _segments(parts: list[tuple[str, int]], total: int) -> list[tuple[str, str, str]]:
    """(x, width, group) in per cent for every group that has members."""
    segments, done = [], 0
    for group, count in parts:
        if count:
            segments.append((f"{done / total:.2%}"[:-1], f"{count / total:.2%}"[:-1], group))
        done += count
    return segments
