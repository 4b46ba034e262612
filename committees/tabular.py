"""Import of days of working calendars: holidays, and rest days that are worked. A row is matched by country and day."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from temp_portal.core.tabular.fields import ImportField
from temp_portal.core.tabular.kinds import ImportKind, register
from temp_portal.core.tabular.stage import Stage


@register
class CalendarDays(ImportKind):
    name = "calendar_days"
    label = gettext_lazy("Days of working calendars")
    title = "day"
    listed_at = "committees:calendar"
    fields = (
        ImportField("country", gettext_lazy("Country"), "country", required=True, aliases=["国家", "страна"]),
        ImportField("day", gettext_lazy("Day"), "date", required=True, aliases=["日期", "дата", "date"]),
        ImportField(
            "worked",
            gettext_lazy("Worked"),
            "boolean",
            help=gettext_lazy("Yes for a rest day that is worked; no, or nothing, for a holiday."),
            aliases=["上班", "рабочий день"],
        ),
        ImportField("name_en", gettext_lazy("Name in English"), max_length=120, aliases=["name"]),
        ImportField("name_zh_hans", gettext_lazy("Name in Chinese"), max_length=120, aliases=["名称"]),
        ImportField("name_ru", gettext_lazy("Name in Russian"), max_length=120, aliases=["название"]),
        ImportField("source", gettext_lazy("Source"), max_length=300, aliases=["来源", "источник"]),
    )

    def check(self, stage: Stage) -> None:
        stage.reject_repeated(["country", "day"], _("Row %(row)s has this day of this country already."))

    def match(self, stage: Stage) -> None:
        stage.execute(MATCH)

    def current(self, stage: Stage) -> str:
        return CURRENT

    def apply(self, stage: Stage) -> None:
        stage.reserve_ids("committees_calendarday")
        stage.execute(INSERT)
        stage.execute(UPDATE)


MATCH = """
    UPDATE import_stage s SET target_id = c.id FROM committees_calendarday c
    WHERE s.action IS NULL AND c.country = s.country AND c.day = s.day
"""

CURRENT = """
    SELECT c.id AS target_id, c.country, c.day, c.working AS worked, nullif(c.name_en, '') AS name_en,
           nullif(c.name_zh_hans, '') AS name_zh_hans, nullif(c.name_ru, '') AS name_ru,
           nullif(c.source, '') AS source
    FROM committees_calendarday c WHERE c.id IN (SELECT target_id FROM import_stage)
"""

INSERT = """
    INSERT INTO committees_calendarday (id, country, day, working, name, name_en, name_zh_hans, name_ru, source)
    SELECT target_id, country, day, coalesce(worked, FALSE), coalesce(name_en, ''), name_en, name_zh_hans, name_ru,
           coalesce(source, '')
    FROM import_batch WHERE action = 'created'
"""

UPDATE = """
    UPDATE committees_calendarday c
    SET working = coalesce(b.worked, FALSE), name = coalesce(b.name_en, ''), name_en = b.name_en,
        name_zh_hans = b.name_zh_hans, name_ru = b.name_ru, source = coalesce(b.source, '')
    FROM import_batch b WHERE b.action = 'updated' AND c.id = b.target_id
"""
