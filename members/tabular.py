"""Import of enterprises: organisations with one register number, ownership as stated, and where the row came from.

A row is matched by the id in its source, else by its register number, else (without a number) by its exact registered
name, when one organisation alone has it; a record that was merged stands for the one that remains. Ownership is taken
as declared: it counts as unverified until a second person has checked it (domain brief §2).
"""

import re
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.enums import OrganisationKind, OwnershipType
from members.identifiers import check, guess_scheme, schemes_for
from temp_portal.core.search import search_key
from temp_portal.core.tabular.fields import ImportField
from temp_portal.core.tabular.kinds import ImportKind, register
from temp_portal.core.tabular.stage import Stage

CHINESE = re.compile("[\u4e00-\u9fff]")
CYRILLIC = re.compile("[\u0400-\u04ff]")
NAMES = ("legal_name", "name_en", "name_zh_hans", "name_ru")


@register
class Enterprises(ImportKind):
    name = "enterprises"
    label = gettext_lazy("Enterprises")
    title = "legal_name"
    listed_at = "members:organisation-list"
    fields = (
        ImportField("source_id", gettext_lazy("Id in the source"), max_length=200),
        ImportField(
            "legal_name",
            gettext_lazy("Registered name"),
            required=True,
            max_length=300,
            help=gettext_lazy("In the script of the register."),
            aliases=["企业名称", "公司名称", "单位名称", "наименование", "company", "name"],
        ),
        ImportField("name_en", gettext_lazy("Name in English"), max_length=300),
        ImportField("name_zh_hans", gettext_lazy("Name in Chinese"), max_length=300),
        ImportField("name_ru", gettext_lazy("Name in Russian"), max_length=300),
        ImportField(
            "number",
            gettext_lazy("Register number"),
            "identifier",
            max_length=60,
            help=gettext_lazy("As text: leading zeros and long numbers must stay as they are."),
            examples=["91110108551385082Q", "7707083893"],
            aliases=["统一社会信用代码", "信用代码", "инн", "бин", "унп", "bin", "inn"],
        ),
        ImportField("country", gettext_lazy("Country of registration"), "country", aliases=["国家", "страна"]),
        ImportField(
            "region", gettext_lazy("Province or region"), max_length=120, aliases=["所在省份", "省份", "регион"]
        ),
        ImportField("city", gettext_lazy("City"), max_length=120, aliases=["地区", "城市", "город"]),
        ImportField("registered_on", gettext_lazy("Registered on"), "date", aliases=["注册日期", "成立日期"]),
        ImportField("capital", gettext_lazy("Registered capital"), "amount", aliases=["注册资金", "注册资本"]),
        ImportField("business_scope", gettext_lazy("Business scope"), "long_text", aliases=["经营范围"]),
        ImportField("website", gettext_lazy("Website"), max_length=500, aliases=["网址", "сайт"]),
        ImportField("ownership", gettext_lazy("Ownership"), choices=dict(OwnershipType.choices)),
        ImportField("controller", gettext_lazy("Actual controller"), max_length=300),
    )
    derived = {
        "language": "text",
        "number_scheme": "text",
        "number_value": "text",
        "number_ok": "boolean",
        "number_problem": "text",
        "key": "text",
    }

    def derive(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        names = [values.get(name) for name in NAMES]
        return {
            "language": _language(values.get("legal_name") or ""),
            "key": search_key(*filter(None, names)),
        } | _number(values.get("country") or "", values.get("number") or "")

    def check(self, stage: Stage) -> None:
        stage.reject(
            "s.number_problem IS NOT NULL", "%(problem)s", field="number", details={"problem": "s.number_problem"}
        )
        repeated = ["number_scheme", "number_value"]
        if "source_id" in stage.mapped:
            stage.merge_repeated(["source_id"])
        stage.reject_repeated(repeated, _("Row %(row)s has this register number already."))

    def match(self, stage: Stage) -> None:
        stage.execute(MATCH_SOURCE, [stage.source])
        stage.execute(MATCH_NUMBER)
        stage.execute(MATCH_NAME)
        stage.reject(
            NUMBER_OF_ANOTHER,
            _("Another organisation has this register number: “%(name)s”."),
            field="number",
            details={"name": NAME_OF_ANOTHER},
        )

    def current(self, stage: Stage) -> str:
        return CURRENT

    def apply(self, stage: Stage) -> None:
        stage.reserve_ids("members_organisation")
        _renew_search_keys(stage)
        stage.execute(INSERT, [OrganisationKind.ENTERPRISE, stage.user_id])
        stage.execute(UPDATE)
        stage.execute(INSERT_NUMBERS)
        if "source_id" in stage.mapped:
            stage.execute(REFER, [stage.source])
        today = timezone.localdate()  # the portal's day, which the database in its own time zone does not know
        stage.execute(CLOSE_OWNERSHIP, [stage.user_id, stage.source, today, today])
        stage.execute(DECLARE_OWNERSHIP, [stage.source, today, today, stage.user_id])


def _language(name: str) -> str:
    if CHINESE.search(name):
        return "zh-hans"
    return "ru" if CYRILLIC.search(name) else ""


def _number(country: str, typed: str) -> dict[str, Any]:
    """Scheme, normalised value, result of the check and, if it failed, why."""
    if not typed:
        return {}
    scheme = guess_scheme(country, typed) or next(iter(schemes_for(country)), None)
    if scheme is None:
        return {"number_problem": str(_("No kind of register number is known for this country."))}
    result = check(scheme.code, typed)
    if not result.accepted:
        return {"number_problem": str(result.reason)}
    return {"number_scheme": scheme.code, "number_value": result.normalised, "number_ok": result.format_ok}


def _renew_search_keys(stage: Stage) -> None:
    """Keys of updated rows follow from all their names, not only from those that the file gives."""
    rows = stage.fetch(NAMES_OF_UPDATED)
    if rows:
        keys = [search_key(*filter(None, [*names, *aliases])) for _row, aliases, *names in rows]
        stage.execute(SET_KEYS, [[row[0] for row in rows], keys])


NAMES_OF_UPDATED = """
    SELECT b.row_number,
           o.aliases || ARRAY(SELECT unnest(ARRAY[m.legal_name, m.name_en, m.name_zh_hans, m.name_ru] || m.aliases)
                                FROM members_organisation m WHERE m.merged_into_id = o.id),
           b.legal_name, b.name_en, b.name_zh_hans, b.name_ru
    FROM import_batch b JOIN members_organisation o ON o.id = b.target_id WHERE b.action = 'updated'
"""

SET_KEYS = """
    UPDATE import_stage s SET key = k.key FROM unnest(%s::bigint[], %s::text[]) AS k(row_number, key)
    WHERE s.row_number = k.row_number
"""

MATCH_SOURCE = """
    UPDATE import_stage s SET target_id = coalesce(o.merged_into_id, o.id)
    FROM members_externalreference r JOIN members_organisation o ON o.id = r.organisation_id
    WHERE s.action IS NULL AND r.source = %s AND r.source_id = s.source_id
"""

MATCH_NUMBER = """
    UPDATE import_stage s SET target_id = coalesce(o.merged_into_id, o.id)
    FROM members_identifier i JOIN members_organisation o ON o.id = i.organisation_id
    WHERE s.action IS NULL AND s.target_id IS NULL AND i.scheme = s.number_scheme AND i.value = s.number_value
"""

MATCH_NAME = """
    UPDATE import_stage s SET target_id = o.only_one
    FROM (
        SELECT legal_name, country, min(coalesce(merged_into_id, id)) AS only_one FROM members_organisation
        WHERE legal_name IN (SELECT legal_name FROM import_stage WHERE action IS NULL AND target_id IS NULL)
        GROUP BY legal_name, country HAVING count(DISTINCT coalesce(merged_into_id, id)) = 1
    ) o
    WHERE s.action IS NULL AND s.target_id IS NULL AND s.number_value IS NULL
      AND o.legal_name = s.legal_name AND o.country = coalesce(s.country, o.country)
"""

NUMBER_OF_ANOTHER = """
    s.action IS NULL AND s.target_id IS NOT NULL AND EXISTS (
        SELECT FROM members_identifier i JOIN members_organisation o ON o.id = i.organisation_id
        WHERE i.scheme = s.number_scheme AND i.value = s.number_value
          AND coalesce(o.merged_into_id, o.id) <> s.target_id
    )
"""

NAME_OF_ANOTHER = """
    SELECT coalesce(r.legal_name, o.legal_name)
    FROM members_identifier i JOIN members_organisation o ON o.id = i.organisation_id
    LEFT JOIN members_organisation r ON r.id = o.merged_into_id
    WHERE i.scheme = s.number_scheme AND i.value = s.number_value
"""

CURRENT = """
    SELECT o.id AS target_id, o.legal_name, nullif(o.name_en, '') AS name_en,
           nullif(o.name_zh_hans, '') AS name_zh_hans,
           nullif(o.name_ru, '') AS name_ru, nullif(o.country, '') AS country, nullif(o.region, '') AS region,
           nullif(o.city, '') AS city, o.registered_on, o.registered_capital AS capital,
           nullif(o.capital_currency, '') AS capital_currency, nullif(o.business_scope, '') AS business_scope,
           nullif(o.website, '') AS website, n.value AS number_value, f.type AS ownership,
           nullif(f.controller, '') AS controller
    FROM members_organisation o
    LEFT JOIN members_identifier n ON n.organisation_id = o.id AND n.is_primary
    LEFT JOIN members_ownership f ON f.organisation_id = o.id AND f.superseded_at IS NULL AND upper_inf(f.valid)
    WHERE o.id IN (SELECT target_id FROM import_stage)
"""

INSERT = """
    INSERT INTO members_organisation (
        id, kind, legal_name, legal_name_language, name, name_en, name_zh_hans, name_ru, aliases, country, region, city,
        website, industry_codes, business_scope, registered_on, registered_capital, capital_currency, status,
        search_key, created_at, created_by_id
    )
    SELECT target_id, %s, legal_name, coalesce(language, ''), coalesce(name_en, ''), name_en,
           coalesce(name_zh_hans, CASE WHEN language = 'zh-hans' THEN legal_name END),
           coalesce(name_ru, CASE WHEN language = 'ru' THEN legal_name END), '{}', coalesce(country, ''),
           coalesce(region, ''), coalesce(city, ''), coalesce(website, ''), '[]', coalesce(business_scope, ''),
           registered_on, capital, coalesce(capital_currency, ''), 'active', coalesce(key, ''), clock_timestamp(), %s
    FROM import_batch WHERE action = 'created'
"""

UPDATE = """
    UPDATE members_organisation o
    SET legal_name = b.legal_name, name = coalesce(b.name_en, ''), name_en = b.name_en, name_zh_hans = b.name_zh_hans,
        name_ru = b.name_ru, country = coalesce(b.country, ''), region = coalesce(b.region, ''),
        city = coalesce(b.city, ''), website = coalesce(b.website, ''), registered_on = b.registered_on,
        registered_capital = b.capital, capital_currency = coalesce(b.capital_currency, ''),
        business_scope = coalesce(b.business_scope, ''), search_key = b.key
    FROM import_batch b WHERE b.action = 'updated' AND o.id = b.target_id
"""

INSERT_NUMBERS = """
    INSERT INTO members_identifier (organisation_id, scheme, value, is_primary, format_ok, verified_source, created_at)
    SELECT b.target_id, b.number_scheme, b.number_value,
           NOT EXISTS (SELECT FROM members_identifier i WHERE i.organisation_id = b.target_id AND i.is_primary),
           b.number_ok, '', clock_timestamp()
    FROM import_batch b
    WHERE b.action IN ('created', 'updated') AND b.number_scheme IS NOT NULL
      AND NOT EXISTS (
          SELECT FROM members_identifier i WHERE i.scheme = b.number_scheme AND i.value = b.number_value
      )
"""

REFER = """
    INSERT INTO members_externalreference (organisation_id, source, source_id, fingerprint, imported_at)
    SELECT target_id, %s, source_id, '', clock_timestamp() FROM import_batch
    WHERE action IN ('created', 'updated') AND source_id IS NOT NULL
    ON CONFLICT (source, source_id) DO UPDATE SET imported_at = excluded.imported_at
"""

# A stated ownership that differs from the one in force ends that one today; one that began today is corrected instead.
CLOSE_OWNERSHIP = """
    WITH stated AS (
        SELECT b.target_id, b.ownership, b.controller FROM import_batch b
        WHERE b.action = 'updated' AND b.ownership IS NOT NULL AND b.changes ?| array['ownership', 'controller']
    ), closed AS (
        UPDATE members_ownership f
        SET superseded_at = clock_timestamp(), superseded_by_id = %s, superseded_reason = 'import ' || %s
        FROM stated t WHERE f.organisation_id = t.target_id AND f.superseded_at IS NULL AND upper_inf(f.valid)
        RETURNING f.*
    )
    INSERT INTO members_ownership (
        organisation_id, type, controller, mixed, chinese_controlled, state_owned_abroad, evidence, evidence_on,
        verified_at, verified_by_id, valid, reason, superseded_reason, recorded_by_id
    )
    SELECT organisation_id, type, controller, mixed, chinese_controlled, state_owned_abroad, evidence, evidence_on,
           verified_at, verified_by_id, daterange(lower(valid), %s), reason, '', recorded_by_id
    FROM closed WHERE lower(valid) < %s
"""

DECLARE_OWNERSHIP = """
    INSERT INTO members_ownership (
        organisation_id, type, controller, mixed, chinese_controlled, state_owned_abroad, evidence, valid, reason,
        superseded_reason, recorded_by_id
    )
    SELECT b.target_id, b.ownership, coalesce(b.controller, ''), false, false, false, %s,
           daterange(CASE WHEN b.action = 'created' THEN coalesce(b.registered_on, %s) ELSE %s END,
                     NULL),
           '', '', %s
    FROM import_batch b
    WHERE b.ownership IS NOT NULL AND b.action IN ('created', 'updated')
      AND NOT EXISTS (
          SELECT FROM members_ownership f
          WHERE f.organisation_id = b.target_id AND f.superseded_at IS NULL AND upper_inf(f.valid)
      )
"""
