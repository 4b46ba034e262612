"""The documents of the two enterprises that one can sign in for: valid, expiring soon, expired, and a newer version."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Final

import orjson
import typst

from members.demo_data.build import Firm
from temp_portal.accounts.enums import ScopeKind
from temp_portal.accounts.models import User
from temp_portal.core.demo import World
from temp_portal.documents import workflows
from temp_portal.documents.models import Document
from temp_portal.documents.scopes import Scope
from temp_portal.reports.renderers.pdf import FONTS

ACCOUNTS = ("enterprise@example.org", "enterprise-kz@example.org")
#: Kind, title, days from today until the last day (None: without one).
SKETCHES = {
    "zh-hans": [
        ("registration", "营业执照", 900),
        ("charter", "公司章程", None),
        ("ownership", "股权结构及实际控制人证明", 24),
        ("accounts", "2025年度审计报告", None),
        ("certificate", "ISO 9001 质量管理体系认证证书", -12),
    ],
    "ru": [
        ("registration", "Справка о государственной регистрации", 20),
        ("charter", "Устав", None),
        ("authority", "Доверенность представителя", 300),
        ("profile", "О компании", None),
    ],
}
_LAYOUT: Final = Path(__file__).with_name("document.typ")


def load(world: World) -> None:
    """Upload the sketched documents as their representatives would; one of them a second time, in a newer version."""
    for email in ACCOUNTS:
        user: User = world.made["users"][email]
        firm: Firm = world.made[f"firm_of_{email}"]
        scope = Scope(ScopeKind.ORGANISATION, firm.organisation.pk)
        for kind, title, days in SKETCHES[user.language]:
            _upload(world, scope, user, firm, kind, title, days)
        first = Document.objects.of(scope).earliest("id")
        _upload(world, scope, user, firm, first.kind, first.title, 1260, replaces=first)


def _upload(
    world: World,
    scope: Scope,
    user: User,
    firm: Firm,
    kind: str,
    title: str,
    days: int | None,
    replaces: Document | None = None,
) -> None:
    said = {"title": title, "firm": firm.organisation.own_name, "issue": f"{kind}, {days}"}
    workflows.upload(
        BytesIO(_typeset(said)),
        f"{title}.pdf",
        scope=scope,
        by=user,
        kind=kind,
        replaces=replaces,
        title=title,
        language=user.language,
        issued_on=world.today - timedelta(days=200),
        expires_on=None if days is None else world.today + timedelta(days=days),
    )


def _typeset(said: dict[str, str]) -> bytes:
    inputs = {"data": orjson.dumps(said).decode()}
    pdf: bytes = typst.compile(str(_LAYOUT), font_paths=FONTS, ignore_system_fonts=True, sys_inputs=inputs)
    return pdf
