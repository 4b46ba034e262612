"""The rules that every committee begins with (domain brief §2); its own decisions replace them one by one."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Final

from committees.enums import (
    PREPARING_STATES,
    WORKING_STATES,
    CommitteeState,
    CountBy,
    RuleBase,
    RuleCode,
    RuleOperator,
    RuleSeverity,
)
from committees.models import Committee, CompositionRule
from temp_portal.core.db import date_range

#: Before any committee: the usual rules hold for every day of a history that is entered later.
ALWAYS: Final = date(2000, 1, 1)
EVIDENCE_MONTHS: Final = 24


@dataclass(frozen=True)
class RuleDefault:
    """A rule as it holds without a decision of the committee. `texts`: English, Chinese, Russian."""

    code: RuleCode
    threshold: Fraction
    texts: tuple[str, str, str]
    operator: RuleOperator = RuleOperator.AT_LEAST
    upper: Fraction | None = None
    severity: RuleSeverity = RuleSeverity.WARN
    states: tuple[CommitteeState, ...] = WORKING_STATES
    options: dict[str, Any] = field(default_factory=dict)

    def fields(self) -> dict[str, Any]:
        """Columns of `CompositionRule` without committee and days."""
        english, chinese, russian = self.texts
        return {
            "code": self.code.value,
            "version": 1,
            "base": RuleBase.MEMBERS.value,
            "states": [state.value for state in self.states],
            "operator": self.operator.value,
            "numerator": self.threshold.numerator,
            "denominator": self.threshold.denominator,
            "upper_numerator": self.upper.numerator if self.upper else None,
            "upper_denominator": self.upper.denominator if self.upper else None,
            "severity": self.severity.value,
            "text": english,
            "text_en": english,
            "text_zh_hans": chinese,
            "text_ru": russian,
            **self.options,
        }


DEFAULTS: Final = (
    RuleDefault(
        RuleCode.R1,
        Fraction(1),
        ("All four ownership groups are present", "四类所有制企业齐备", "Представлены все четыре группы собственности"),
        states=(*PREPARING_STATES, *WORKING_STATES),
    ),
    RuleDefault(
        RuleCode.R2,
        Fraction(1),
        (
            "Led by a central SOE: it holds the chair or an executive vice-chair",
            "央企引领：主任或常务副主任单位为中央企业",
            "Во главе центральное госпредприятие: председатель или первый заместитель от него",
        ),
        options={"base": RuleBase.OFFICERS.value},
    ),
    RuleDefault(
        RuleCode.R3,
        Fraction(1, 10),
        (
            "Supported by local SOEs: at least a tenth of the members",
            "地方国企支撑：不少于成员的十分之一",
            "Поддержка местных госпредприятий: не менее десятой части членов",
        ),
    ),
    RuleDefault(
        RuleCode.R4,
        Fraction(2, 5),
        (
            "Spearheaded by private enterprises: the largest group, at least 40%",
            "民企为主力：人数最多，且不低于40%",
            "Движущая сила — частные предприятия: самая большая группа, не менее 40%",
        ),
    ),
    RuleDefault(
        RuleCode.R5,
        Fraction(1, 10),
        (
            "Complemented by foreign enterprises: 10% to 33% of the members",
            "外资企业补充：占成员的10%至33%",
            "Дополнение — иностранные предприятия: от 10% до 33% членов",
        ),
        operator=RuleOperator.BETWEEN,
        upper=Fraction(33, 100),
    ),
    RuleDefault(
        RuleCode.R6,
        Fraction(1),
        (
            "A member registered in an SCO country other than China",
            "有在中国以外的上合组织成员国注册的成员",
            "Есть член, зарегистрированный в другой стране ШОС, кроме Китая",
        ),
        severity=RuleSeverity.INFO,
        options={"count_by": CountBy.CONTROLLER.value},
    ),
    RuleDefault(
        RuleCode.R7,
        Fraction(1, 5),
        (
            "One corporate group holds at most a fifth of the votes",
            "同一企业集团的票数不超过五分之一",
            "У одной группы компаний не более пятой части голосов",
        ),
        operator=RuleOperator.AT_MOST,
    ),
    RuleDefault(
        RuleCode.R8,
        Fraction(10),
        (
            "At least ten voting unit members at the founding assembly",
            "成立时有表决权的单位会员不少于十个",
            "При учреждении не менее десяти членов с правом голоса",
        ),
        severity=RuleSeverity.BLOCK,
        states=(*PREPARING_STATES, CommitteeState.ESTABLISHED),
    ),
    RuleDefault(
        RuleCode.R9,
        Fraction(1),
        (
            "Vice-chairs of at least two ownership types; the secretary-general not from the chair’s organisation",
            "副主任至少来自两类所有制；秘书长与主任不属同一单位",
            "Заместители не менее двух форм собственности; секретарь не из организации председателя",
        ),
        severity=RuleSeverity.INFO,
        options={"base": RuleBase.OFFICERS.value},
    ),
    RuleDefault(
        RuleCode.R10,
        Fraction(1),
        (
            "Ownership of every member verified, on evidence of at most 24 months",
            "全部成员的所有制已核实，证据不超过24个月",
            "Собственность каждого члена проверена, подтверждению не более 24 месяцев",
        ),
        options={"evidence_months": EVIDENCE_MONTHS},
    ),
)


def default_rules(committee: Committee) -> list[CompositionRule]:
    """The usual rules as unsaved rows of the committee."""
    return [CompositionRule(committee=committee, valid=date_range(ALWAYS), **default.fields()) for default in DEFAULTS]
