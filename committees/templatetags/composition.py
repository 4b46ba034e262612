"""`{% load composition %}`: the gauge of a rule's result, `results|met_count`, and `rule|threshold` in words."""

from fractions import Fraction
from typing import Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from committees.composition.measures import is_count
from committees.composition.verdicts import Result, threshold_text

register = template.Library()

register.filter("threshold", threshold_text)

#: A number of members is drawn on a scale of at least twice its threshold.
_ROOM: Final = 2


@register.filter
def met_count(results: list[Result]) -> int:
    """How many of the results are met."""
    return sum(result.is_met for result in results)


@register.simple_tag
def gauge(result: Result) -> SafeString:
    """A thin bar with a mark at each threshold; the figures stand beside it in words. Geometry stands in attributes."""
    value = result.measured.value or Fraction(0)
    marks = [each for each in (result.rule.threshold, result.rule.upper_threshold) if each is not None]
    whole = max(Fraction(1), _ROOM * max(marks), value) if is_count(result.rule.code) else Fraction(1)
    bar = format_html('<rect class="g-value" width="{}%" height="100%"/>', _percent(value / whole))
    ticks = format_html_join("", '<rect class="g-mark" x="{}%" width="2" height="100%"/>', _places(marks, whole))
    return format_html('<svg class="gauge-bar" aria-hidden="true">{}{}</svg>', bar, ticks)


def _places(marks: list[Fraction], whole: Fraction) -> list[tuple[str]]:
    """Where the marks stand, the one at the very end just inside."""
    return [(_percent(min(mark / whole, Fraction(99, 100))),) for mark in marks]


def _percent(share: Fraction) -> str:
    return f"{float(min(share, Fraction(1)) * 100):.2f}"
