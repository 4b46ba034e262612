"""What a roster file can say, under which column names, and in which words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from django.utils.translation import gettext_lazy as _

from committees.enums import ChainRole, FunctionalRole
from committees.models import Committee
from temp_portal.core.tabular.cells import header_key
from temp_portal.core.tabular.fields import ImportField
from temp_portal.core.tabular.headers import GROUP_SIGN
from temp_portal.core.tabular.mapping import ColumnMapping, ColumnMappings
from temp_portal.imports.mapping import Preset, Readable, preset

FIELDS: Final = (
    ImportField(
        "organisation",
        _("Organisation"),
        "long_text",
        max_length=600,
        help=_("In any language. A second name may stand on a second line of the cell."),
        aliases=[
            *("单位名称", "会员单位", "会员单位名称", "企业名称", "公司名称", "会员名称", "成员单位", "名称", "单位"),
            *("наименование", "наименование организации", "название организации", "член комитета", "компания"),
            *("предприятие", "название", "name", "organization", "member", "company", "member organisation"),
        ],
    ),
    ImportField(
        "number",
        _("Register number"),
        "identifier",
        max_length=60,
        help=_("As text: leading zeros and long numbers must stay as they are."),
        aliases=[
            *("统一社会信用代码", "信用代码", "社会信用代码", "注册号", "инн", "бин", "унп", "регистрационный номер"),
            *("inn", "bin", "uscc", "registration number", "identifier"),
        ],
    ),
    ImportField("name_en", _("Name in English"), max_length=300, aliases=["英文名称", "английское название"]),
    ImportField("name_zh_hans", _("Name in Chinese"), max_length=300, aliases=["中文名称", "китайское название"]),
    ImportField("name_ru", _("Name in Russian"), max_length=300, aliases=["俄文名称", "русское название"]),
    ImportField(
        "country",
        _("Country"),
        help=_("Tells organisations of one name apart. The register is not changed by it."),
        aliases=["所在国", "国别", "注册国", "country of registration"],
    ),
    ImportField(
        "ownership",
        _("Ownership"),
        help=_("Differences are shown only: ownership is verified by two people, not by a list."),
        aliases=["企业性质", "单位性质", "所有制形式", "форма собственности", "ownership type"],
    ),
    ImportField("role", _("Functional role"), choices=dict(FunctionalRole.choices), aliases=["роль", "角色"]),
    ImportField(
        "chain",
        _("Chain role"),
        choices=dict(ChainRole.choices),
        aliases=["产业链角色", "产业链位置", "place in the chain", "звено цепочки"],
    ),
    ImportField(
        "position",
        _("Position"),
        max_length=300,
        help=_("Several with a comma between. A blank cell says nothing; “unit member” ends what is held."),
        aliases=["任职", "工委会职务", "担任职务", "office", "должность в комитете"],
    ),
    ImportField(
        "representative",
        _("Representative"),
        max_length=200,
        help=_("One of the people whom the organisation has named to the portal."),
        aliases=[
            *("会员代表", "代表人", "代表姓名", "代表信息", "代表人信息", "联系人", "联系人信息"),
            *("person", "contact person", "фио", "фио представителя", "контактное лицо"),
        ],
    ),
    ImportField("voting", _("Voting"), "boolean", aliases=["表决权", "право голоса", "vote"]),
    ImportField(
        "since",
        _("Member since"),
        "partial_date",
        help=_("Who joins is admitted on this day; for others it corrects the day. A month or year is only compared."),
        aliases=["入会时间", "入会日期", "加入时间", "admitted on", "joined", "дата вступления"],
    ),
    ImportField(
        "standing",
        _("State"),
        help=_("A row that says “left” counts as not in the file. Suspensions are shown only."),
        aliases=["会员状态"],
    ),
    ImportField("document", _("Decision document"), max_length=300, aliases=["批准文件", "решение о приёме"]),
)
#: Fields that name an organisation; a file without any of them is no roster.
NAMES: Final = ("organisation", "name_en", "name_zh_hans", "name_ru")
IDENTITY: Final = (*NAMES, "number")
#: What a column is called inside a group that is named after the person.
_PERSON: Final = frozenset({"姓名", "name", "фио", "имя"})
#: Words of files beside the codes and labels, which every list of choices knows.
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "role": {"引领": "lead", "支撑": "support", "先锋": "spearhead", "主力": "spearhead", "补充": "complement"},
    "chain": {"采矿": "raw_materials", "加工": "processing", "制造": "manufacturing", "добыча": "raw_materials"},
}


@dataclass(frozen=True, slots=True)
class RosterKind:
    """The rosters of one committee, as the pages of imports want a kind: its files are remembered for it alone."""

    committee: Committee
    fields: Sequence[ImportField] = FIELDS

    @property
    def name(self) -> str:
        """Under which its mappings are kept."""
        return f"roster-{self.committee.pk}"


@cache
def known_names() -> frozenset[str]:
    """Every folded column name under which a field is recognised."""
    return frozenset().union(*(field.header_keys() for field in FIELDS))


def preset_for(source: Readable, committee: Committee) -> Preset:
    """What is filled in for a file: what was remembered, else what its column names say, those inside groups too."""
    found = preset(source, RosterKind(committee))
    if found.saved or source.mapping:
        return found
    columns = dict(found.mapping.columns)
    for field in FIELDS:
        header = next((each for each in source.headers if _names_in_group(each, field)), "")
        if header:
            columns.setdefault(field.name, ColumnMapping(sources=(header,)))
    return replace(found, mapping=replace(found.mapping, columns=columns))


def _names_in_group(header: str, field: ImportField) -> bool:
    """Whether a column of a group holds the field: "代表 / 姓名" the person, "入会情况 / 入会时间" the day.

    "代表 / 职务" does not: what stands in the group of another field belongs to that.
    """
    group, sign, name = (header_key(part) for part in header.partition(GROUP_SIGN))
    if not sign:
        return False
    if field.name == "representative" and group in field.header_keys():
        return name in _PERSON
    return name in field.header_keys() and group not in known_names()


def with_words(mapping: ColumnMappings) -> ColumnMappings:
    """The mapping with the words that files use."""
    columns = {
        name: replace(entry, options={"choices": _WORDS[name]} | dict(entry.options)) if name in _WORDS else entry
        for name, entry in mapping.columns.items()
    }
    return replace(mapping, columns=columns)
