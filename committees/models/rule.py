from fractions import Fraction

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.enums import CommitteeState, CountBy, RuleBase, RuleCode, RuleOperator, RuleSeverity
from committees.models.committee import Committee
from members.models import Organisation
from temp_portal.audit.facts import Fact, FactQuerySet


class CompositionRule(Fact):
    """What a committee asks of its composition on certain days (brief §2); a decision writes the next version.

    Thresholds are exact fractions. What is measured follows from the code (`committees.composition.measures`).
    """

    text_en: str
    text_zh_hans: str
    text_ru: str

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="composition_rules")
    code = models.CharField(_("rule"), max_length=4, choices=RuleCode)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    base = models.CharField(_("counted among"), max_length=10, choices=RuleBase, default=RuleBase.MEMBERS)
    states = ArrayField(
        models.CharField(max_length=20, choices=CommitteeState), verbose_name=_("applies while the committee is")
    )
    operator = models.CharField(_("comparison"), max_length=10, choices=RuleOperator, default=RuleOperator.AT_LEAST)
    numerator = models.PositiveIntegerField(_("threshold, numerator"))
    denominator = models.PositiveIntegerField(_("threshold, denominator"), default=1)
    upper_numerator = models.PositiveIntegerField(_("upper threshold, numerator"), null=True, blank=True)
    upper_denominator = models.PositiveIntegerField(_("upper threshold, denominator"), null=True, blank=True)
    severity = models.CharField(_("weight"), max_length=5, choices=RuleSeverity, default=RuleSeverity.WARN)
    count_by = models.CharField(
        _("firms abroad controlled from China count"), max_length=12, choices=CountBy, default=CountBy.REGISTRATION
    )
    evidence_months = models.PositiveSmallIntegerField(
        _("age of the evidence in months, at most"), null=True, blank=True
    )
    substitute = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation that may lead instead"),
    )
    text = models.CharField(_("text"), max_length=300)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    document = models.CharField(_("decision document"), max_length=300, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        verbose_name = _("composition rule")
        verbose_name_plural = _("composition rules")
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(denominator__gt=0) & (Q(upper_denominator__isnull=True) | Q(upper_denominator__gt=0)),
                name="compositionrule_fractions",
            ),
            models.CheckConstraint(
                condition=Q(
                    operator=RuleOperator.BETWEEN, upper_numerator__isnull=False, upper_denominator__isnull=False
                )
                | (~Q(operator=RuleOperator.BETWEEN) & Q(upper_numerator__isnull=True, upper_denominator__isnull=True)),
                name="compositionrule_upper_threshold",
            ),
            ExclusionConstraint(
                name="compositionrule_no_overlap",
                expressions=[
                    ("committee", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(superseded_at__isnull=True),
                violation_error_message=_("Another version of this rule covers some of these days."),
            ),
        ]
        indexes = [models.Index(fields=["committee", "superseded_at"], name="compositionrule_committee")]

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"

    @property
    def threshold(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)

    @property
    def upper_threshold(self) -> Fraction | None:
        if self.upper_numerator is None or self.upper_denominator is None:
            return None
        return Fraction(self.upper_numerator, self.upper_denominator)
