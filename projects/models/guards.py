"""What the database refuses of projects beyond a single row.

A consortium has one lead, which is the project's lead enterprise, two enterprises or more, and shares that make exactly
100 % (domain brief §6.7). It is checked at the end of the transaction, so that its rows can be changed one by one; the
project's row is locked for the check, so that two transactions do not each see a half of the truth.

A part of a project has no parts of its own: there are no cycles, and what is counted is clear (`counted`).
"""

from typing import TYPE_CHECKING

import pgtrigger
from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import ExtractMonth, ExtractYear
from django.db.models.lookups import Exact

from projects.enums import DatePrecision

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROLES = "('lead', 'partner')"
_CONSORTIUM = """
    SELECT is_consortium, lead_id INTO chosen FROM projects_project WHERE id = {project} FOR NO KEY UPDATE;
    IF NOT coalesce(chosen.is_consortium, false) THEN
        RETURN NULL;
    END IF;
    SELECT count(*) FILTER (WHERE member.role = 'lead' AND member.organisation_id = chosen.lead_id) AS leads,
           count(*) FILTER (WHERE member.role = 'lead') AS named,
           count(DISTINCT member.organisation_id) FILTER (WHERE firm.kind = 'enterprise') AS enterprises,
           count(*) FILTER (WHERE member.share IS NULL) AS open,
           sum(member.share) AS shares
      INTO found
      FROM projects_participant member
      LEFT JOIN members_organisation firm ON firm.id = member.organisation_id
     WHERE member.project_id = {project} AND member.role IN ('lead', 'partner');
    IF found.leads <> 1 OR found.named <> 1 OR found.enterprises < 2 OR found.open > 0 OR found.shares <> 100 THEN
        RAISE EXCEPTION 'a consortium has one lead, two enterprises or more, and shares of 100 in all'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'participant_consortium';
    END IF;
    RETURN NULL;
"""


def starts_before_it_ends(kind: str) -> CheckConstraint:
    """The start lies not after the end; a month or a year counts as a whole, so its first days may be left out."""
    start, end = f"start_{kind}", f"end_{kind}"
    same_year = Q(Exact(ExtractYear(start), ExtractYear(end)))
    same_month = same_year & Q(Exact(ExtractMonth(start), ExtractMonth(end)))
    return CheckConstraint(
        condition=Q(**{f"{start}__isnull": True})
        | Q(**{f"{end}__isnull": True})
        | Q(**{f"{start}__lte": F(end)})
        | (Q(**{f"{end}_precision": DatePrecision.YEAR}) & same_year)
        | (Q(**{f"{end}_precision": DatePrecision.MONTH}) & same_month),
        name=f"project_{kind}_start_before_end",
    )


def _consortium_guard(
    name: str, operation: "pgtrigger.Operation | pgtrigger.Operations", condition: str, project: str
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Condition(condition),
        declare=[("chosen", "RECORD"), ("found", "RECORD")],
        func=_CONSORTIUM.format(project=project),
    )


def consortium_guards_of_project() -> "Iterable[pgtrigger.Trigger]":
    """Checks when a project becomes a consortium or changes its lead."""
    return [
        _consortium_guard(
            "consortium_is_whole", pgtrigger.Insert | pgtrigger.Update, "NEW.is_consortium", project="NEW.id"
        )
    ]


def consortium_guards_of_participant() -> "Iterable[pgtrigger.Trigger]":
    """Checks when lead or partners change; funders and others, who come by the hundred thousand, cost nothing."""
    new, old = f"NEW.role IN {_ROLES}", f"OLD.role IN {_ROLES}"
    return [
        _consortium_guard("consortium_joined", pgtrigger.Insert, new, project="NEW.project_id"),
        _consortium_guard("consortium_changed", pgtrigger.Update, f"{new} OR {old}", project="NEW.project_id"),
        _consortium_guard("consortium_left", pgtrigger.Delete, old, project="OLD.project_id"),
    ]


def shares_within_the_whole() -> pgtrigger.Trigger:
    """The shares of host countries are never more than the whole."""
    return pgtrigger.Trigger(
        name="shares_within_the_whole",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Condition("NEW.share IS NOT NULL"),
        func="""
            PERFORM FROM projects_project WHERE id = NEW.project_id FOR NO KEY UPDATE;
            IF (SELECT sum(share) FROM projects_projectcountry WHERE project_id = NEW.project_id) > 100 THEN
                RAISE EXCEPTION 'the shares of host countries are more than 100 in all'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'projectcountry_shares';
            END IF;
            RETURN NULL;
        """,
    )


def one_level_of_parts() -> pgtrigger.Trigger:
    """A part has no parts. The whole is locked, so that it does not become a part of another one meanwhile."""
    return pgtrigger.Trigger(
        name="one_level_of_parts",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition("NEW.parent_id IS NOT NULL"),
        declare=[("whole", "RECORD")],
        func="""
            SELECT parent_id INTO whole FROM projects_project WHERE id = NEW.parent_id FOR NO KEY UPDATE;
            IF whole.parent_id IS NOT NULL OR EXISTS (SELECT FROM projects_project WHERE parent_id = NEW.id) THEN
                RAISE EXCEPTION 'a part of a project has no parts'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'project_parts_one_level';
            END IF;
            RETURN NEW;
        """,
    )
