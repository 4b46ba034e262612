"""What the daily retention did."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from temp_portal.core.db import ClockTimestamp


class RetentionRun(models.Model):
    """One rule on one day: how many records it emptied or deleted. Two schedulers meet on the unique row."""

    rule = models.CharField(_("rule"), max_length=60)
    day = models.DateField(_("day"))
    count = models.PositiveBigIntegerField(_("records"), default=0)
    at = models.DateTimeField(_("done at"), db_default=ClockTimestamp(), editable=False)

    class Meta:
        verbose_name = _("run of a retention rule")
        verbose_name_plural = _("runs of retention rules")
        constraints = [models.UniqueConstraint(fields=["rule", "day"], name="retentionrun_once_a_day")]

    def __str__(self) -> str:
        return f"{self.rule} {self.day}"
