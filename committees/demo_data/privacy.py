"""Notices of some countries, requests about personal data with and without an answer, who read what, one breach."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from members.enums import ConsentChannel, ConsentPurpose
from members.informing import notice_for
from members.models import Consent, Person, PrivacyNotice
from members.privacy import workflows
from members.privacy.enums import RequestKind
from members.privacy.models import Breach, PrivacyRequest
from temp_portal.accounts.models import User
from temp_portal.audit.models import Reading
from temp_portal.core.demo import World

#: By country: English, Chinese, Russian.
NOTICES: Final = {
    "CN": (
        "Your name, post, work e-mail, work phone and languages are kept by the Secretariat in Chongqing to handle your "
        "organisation's applications and seats. Officers of the committees concerned read them; officers in other "
        "countries only with your separate consent. A name is published only with a separate consent. You can see, "
        "copy, correct and delete your data, and ask for an explanation, on the page “My data”.",
        "您的姓名、职务、工作邮箱、工作电话和语言由设在重庆的秘书处保存，用于办理贵单位的申请和席位。"
        "有关委员会的工作人员可以查阅；境外工作人员查阅须经您单独同意。公开姓名须经您单独同意。"
        "您可以在“我的数据”页面查阅、复制、更正、删除个人信息，并要求解释说明。",
        "Ваше имя, должность, рабочие почта и телефон и языки хранит Секретариат в Чунцине, чтобы вести заявления и "
        "места вашей организации. Их видят сотрудники соответствующих комитетов; сотрудники в других странах — только "
        "с вашего отдельного согласия. Имя публикуется только с отдельного согласия. Посмотреть, скопировать, "
        "исправить и удалить данные и получить объяснение можно на странице «Мои данные».",
    ),
    "RU": (
        "Your organisation enters your data and shows you this notice first. Name, post, work e-mail, work phone and "
        "languages are kept in China to handle the organisation's applications and seats.",
        "您的信息由贵单位录入，并事先向您出示本告知。姓名、职务、工作邮箱、工作电话和语言保存在中国，用于办理贵单位的申请和席位。",
        "Ваши данные вносит ваша организация, которая сначала показывает вам это уведомление. Имя, должность, рабочие "
        "почта и телефон и языки хранятся в Китае, чтобы вести заявления и места организации.",
    ),
    "KZ": (
        "Name, post, work e-mail, work phone and languages are kept in China with your consent, which you can withdraw "
        "at any time, to handle your organisation's applications and seats.",
        "经您同意，姓名、职务、工作邮箱、工作电话和语言保存在中国，用于办理贵单位的申请和席位。您可随时撤回同意。",
        "Имя, должность, рабочие почта и телефон и языки хранятся в Китае с вашего согласия, которое можно отозвать в "
        "любое время, чтобы вести заявления и места вашей организации.",
    ),
}


def load(world: World, users: dict[str, User]) -> None:
    """Write them; the accounts with people of their own are the enterprises'."""
    staff = users["staff@example.org"]
    PrivacyNotice.objects.bulk_create(
        PrivacyNotice(country=country, number=1, text_en=en, text_zh_hans=zh, text_ru=ru, created_by=staff)
        for country, (en, zh, ru) in NOTICES.items()
    )
    _shown(world)
    enterprise = users["enterprise@example.org"]
    own = Person.objects.get(user=enterprise)
    asked = workflows.ask(
        RequestKind.CORRECTION, "The Latin form of my name is written without a hyphen.", by=enterprise, person=own
    )
    workflows.answer(asked, granted=True, answer="It has been corrected on your record.", by=staff)
    later = workflows.ask(RequestKind.OBJECTION, "请不要在名片上印我的手机号码。", by=enterprise, person=own)
    PrivacyRequest.objects.filter(pk=later.pk).update(
        created_at=timezone.now() - timedelta(days=9), due_on=world.today + timedelta(days=12)
    )
    Reading.objects.bulk_create(
        Reading(reader=users["secretary@example.org"], place=place, subject_type="members.person", subject_ids=[own.pk])
        for place in ("/people/", own.get_absolute_url())
    )
    Breach.objects.create(
        title="A meeting's list of participants went to a wrong address",
        happened_on=world.today - timedelta(days=70),
        found_at=timezone.now() - timedelta(days=69),
        description="The list was sent to an address that its owner had given up. The mail came back unread.",
        data_concerned="Names and posts of eleven people",
        people_concerned=11,
        measures="The address was removed; lists are shared by link only.",
        why_not_told="The mail came back unread: no harm can follow.",
        closed_at=timezone.now() - timedelta(days=60),
        created_by=staff,
    )


def _shown(world: World) -> None:
    """Every representative was given the notice of the organisation's country by who entered the person."""
    moment = world.moment(world.start)
    notices = {country: notice_for(country) for country in (*NOTICES, "")}
    people = Person.objects.filter(representations__isnull=False).values_list(
        "pk", "representations__organisation__country"
    )
    chosen = {person: notices.get(country, notices[""]) for person, country in people}
    Consent.objects.bulk_create(
        Consent(
            person_id=person,
            purpose=ConsentPurpose.NOTICE,
            text_version=notice.version,
            language=notice.language,
            channel=ConsentChannel.ORGANISATION,
            given_at=moment,
        )
        for person, notice in chosen.items()
    )
