"""What committees ask of applicants, a draft for two of them at once, and remarks on applications that came back."""

from typing import Any, Final

from committees.demo_data.applications import MOTIVATION
from committees.enums import WORKING_STATES, ApplicationSection, ApplicationState, ChainRole, QuestionKind
from committees.models import Application, Committee, Remark, Seat
from committees.workflows import applications, drafts, questions
from temp_portal.accounts.models import User
from temp_portal.core.demo import World

#: How many committees ask something, and of those how many are writing the next version.
ASKING: Final = 4
REWRITING: Final = 1
QUESTIONS: Final[tuple[dict[str, Any], ...]] = (
    {
        "kind": QuestionKind.TEXT,
        "text_en": "Which projects abroad have you carried out in the last three years?",
        "text_zh_hans": "近三年贵单位实施过哪些境外项目？",
        "text_ru": "Какие зарубежные проекты вы осуществили за последние три года?",
        "help_en": "Country, year and partner are enough.",
        "help_zh_hans": "写明国家、年份和合作方即可。",
        "help_ru": "Достаточно страны, года и партнёра.",
    },
    {
        "kind": QuestionKind.CHOICES,
        "text_en": "What do you offer to the other members?",
        "text_zh_hans": "贵单位能为其他成员提供什么？",
        "text_ru": "Что вы предлагаете другим членам?",
        "choices_en": "Raw materials\nEquipment\nEngineering\nFinancing",
        "choices_zh_hans": "原材料\n设备\n工程服务\n融资",
        "choices_ru": "Сырьё\nОборудование\nИнжиниринг\nФинансирование",
        "choice_count": 4,
    },
    {
        "kind": QuestionKind.NUMBER,
        "text_en": "How many people work for you?",
        "text_zh_hans": "贵单位有多少名员工？",
        "text_ru": "Сколько у вас сотрудников?",
        "minimum": 1,
    },
    {
        "kind": QuestionKind.FILE,
        "text_en": "List of your main products",
        "text_zh_hans": "主要产品清单",
        "text_ru": "Перечень основной продукции",
        "is_required": False,
    },
)
REMARKS: Final = (
    (ApplicationSection.OWNERSHIP, "controller", "Please name the person or authority at the top of the structure."),
    (ApplicationSection.DOCUMENTS, "ownership", "The structure ends one level below the actual controller."),
)


def load(world: World, committees: list[Committee], users: dict[str, User]) -> None:
    """Write questions, one draft and remarks."""
    working = [each for each in committees if each.state in WORKING_STATES]
    _draft(world, working, users["enterprise@example.org"])
    staff = users["staff@example.org"]
    for place, committee in enumerate(working[:ASKING]):
        questions.publish(_written(committee, staff), by=staff)
        if place < REWRITING:
            questions.draft_of(committee, by=staff)
    _remarks(users["secretary2@example.org"])


def _written(committee: Committee, by: User) -> Any:
    version = questions.draft_of(committee, by=by)
    for question in QUESTIONS:
        questions.save_question(version, by=by, **question)
    return version


def _draft(world: World, working: list[Committee], user: User) -> None:
    """Begun before the questions were published, so that the draft is offered them."""
    organisation = world.made["firm_of_enterprise@example.org"].organisation
    sits = Seat.objects.sitting().filter(organisation=organisation).values_list("committee_id", flat=True)
    free = [each for each in working if each.pk not in sits][:2]
    if not free:
        return
    first, *_others = drafts.begin(free, organisation, by=user)
    applications.save_draft(first, by=user, target_countries=["KZ", "UZ"], controller="Zhang family")
    applications.save_draft(
        first, by=user, chain_role=ChainRole.PROCESSING, motivation=MOTIVATION, motivation_language="en"
    )


def _remarks(by: User) -> None:
    returned = Application.objects.filter(state=ApplicationState.RETURNED).order_by("pk")
    Remark.objects.bulk_create(
        Remark(application=each, part=part, field=field, text=text, language="en", made_by=by)
        for each in returned
        for part, field, text in REMARKS
    )
