from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _translate
from django.utils.translation import gettext_lazy as _

from committees.models import Committee
from members.models import Organisation, Person
from projects.introductions.enums import Landing, Step
from projects.introductions.models.entrepreneur import Entrepreneur
from projects.introductions.querysets import IntroductionQuerySet
from projects.models import MoneyEvent, Project
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful

#: Who introduced: one of these and no other.
BY_ONE = (
    Q(by_committee__isnull=False, by_person__isnull=True, by_organisation__isnull=True)
    | Q(by_committee__isnull=True, by_person__isnull=False, by_organisation__isnull=True)
    | Q(by_committee__isnull=True, by_person__isnull=True, by_organisation__isnull=False)
)


@tracked()
class Introduction(Stateful):
    """An entrepreneur introduced to a district and a committee, on the way from idea to plant (brief §6.1)."""

    entrepreneur = models.ForeignKey(
        Entrepreneur, models.PROTECT, related_name="introductions", verbose_name=_("entrepreneur")
    )
    state = models.CharField(_("state"), max_length=12, choices=Step, default=Step.IDENTIFIED, editable=False)
    by_committee = models.ForeignKey(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("introduced by the committee"),
    )
    by_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("introduced by the person")
    )
    by_organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("introduced by the organisation"),
    )
    district = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("target district")
    )
    district_name = models.CharField(
        _("target district by name"), max_length=200, blank=True, help_text=_("Where it is not in the registry yet.")
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="introductions", verbose_name=_("committee")
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    idea = models.TextField(_("idea"), max_length=4000, blank=True)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="introductions", verbose_name=_("project")
    )
    landed_by = models.CharField(_("landed by"), max_length=12, choices=Landing, blank=True, editable=False)
    landing_evidence = models.TextField(_("evidence of the landing"), max_length=2000, blank=True, editable=False)
    landing_event = models.ForeignKey(
        MoneyEvent, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        indexes = [models.Index(fields=["state", "id"], name="introduction_state")]
        constraints = [
            models.CheckConstraint(
                condition=BY_ONE,
                name="introduction_by_one",
                violation_error_message=_("Say who introduced: one committee, one person or one organisation."),
            ),
            models.CheckConstraint(
                condition=Q(district__isnull=False, district_name="")
                | (Q(district__isnull=True) & ~Q(district_name="")),
                name="introduction_one_district",
                violation_error_message=_(
                    "Choose the target district or, where the registry lacks it, write its name."
                ),
            ),
            models.CheckConstraint(
                condition=(~Q(state=Step.LANDED) & Q(landed_by="", landing_evidence="", landing_event__isnull=True))
                | (Q(state=Step.LANDED) & ~Q(landed_by="") & ~Q(landing_evidence="")),
                name="introduction_landed_with_evidence",
            ),
        ]

    def __str__(self) -> str:
        return _translate("Introduction no. %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("introductions:introduction", args=[self.pk])

    @property
    def introducer(self) -> Committee | Person | Organisation | None:
        """Who introduced the entrepreneur; somebody always did."""
        return self.by_committee or self.by_person or self.by_organisation

    @property
    def district_label(self) -> str:
        """The district, as the registry or the one who recorded it calls it."""
        return str(self.district or self.district_name)
