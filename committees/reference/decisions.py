"""Reasons for decisions and the checklist, as every committee begins with them: English, Chinese, Russian."""

from typing import Final

Texts = tuple[str, str, str]

#: Kind → code → texts, in their order.
REASONS: Final[dict[str, dict[str, Texts]]] = {
    "return": {
        "register-extract": (
            "The register extract is missing or cannot be read.",
            "缺少登记证明或证明无法辨认。",
            "Выписка из реестра отсутствует или не читается.",
        ),
        "evidence-old": (
            "The evidence of the ownership is older than 24 months.",
            "所有制证明材料已超过24个月。",
            "Подтверждение формы собственности старше 24 месяцев.",
        ),
        "controller": (
            "The shareholder structure does not reach the actual controller.",
            "股权结构未追溯至实际控制人。",
            "Структура владения не доведена до конечного контролирующего владельца.",
        ),
        "representative": (
            "The letter that names the representative is missing.",
            "缺少代表授权书。",
            "Отсутствует письмо о назначении представителя.",
        ),
        "contradiction": (
            "Statements in the application contradict each other.",
            "申请内容前后不一致。",
            "Сведения в заявлении противоречат друг другу.",
        ),
        "translation": (
            "A document needs a translation into a working language.",
            "文件须附工作语言译文。",
            "Документ нужно перевести на рабочий язык.",
        ),
    },
    "reject": {
        "outside-industry": (
            "The applicant works outside the committee's industry.",
            "申请单位不属于本委员会所涉行业。",
            "Заявитель работает вне отрасли комитета.",
        ),
        "not-verified": (
            "The ownership or the actual controller could not be verified.",
            "所有制或实际控制人无法核实。",
            "Не удалось подтвердить форму собственности или конечного контролирующего владельца.",
        ),
        "not-in-good-standing": (
            "The applicant's registration is not in force.",
            "申请单位的登记状态不正常。",
            "Регистрация заявителя не действует.",
        ),
        "composition": (
            "The committee's rules of composition leave no room at present.",
            "按委员会构成规则,目前没有名额。",
            "Правила состава комитета сейчас не оставляют места.",
        ),
        "council-vote": (
            "The council did not vote in favour.",
            "理事会表决未通过。",
            "Совет не проголосовал за приём.",
        ),
    },
}

#: Code → texts, in their order.
CHECKLIST: Final[dict[str, Texts]] = {
    "register": (
        "The register extract names the applicant and its number",
        "登记证明载明申请单位及其编号",
        "Выписка из реестра называет заявителя и его номер",
    ),
    "controller": (
        "The shareholder structure reaches the actual controller",
        "股权结构追溯至实际控制人",
        "Структура владения доведена до конечного контролирующего владельца",
    ),
    "evidence-age": (
        "The evidence is not older than 24 months",
        "证明材料未超过24个月",
        "Подтверждения не старше 24 месяцев",
    ),
    "representative": (
        "The representative is named by the applicant",
        "代表由申请单位授权",
        "Представитель назначен заявителем",
    ),
    "industry": (
        "The applicant works in the committee's industry",
        "申请单位属于本委员会所涉行业",
        "Заявитель работает в отрасли комитета",
    ),
    "contribution": (
        "What it brings and expects is clear",
        "申请单位的贡献与期望明确",
        "Понятно, что заявитель предлагает и чего ожидает",
    ),
}
