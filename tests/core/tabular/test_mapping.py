import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from temp_portal.core.tabular import kinds, mapping
from temp_portal.core.tabular.errors import BadMapping
from temp_portal.core.tabular.fields import FIELD_TYPES, ImportField
from temp_portal.core.tabular.mapping import (
    ColumnMapping,
    ColumnMappings,
    load_mapping,
    recognise,
    shipped_mappings,
    suggest,
)
from tests.core.tabular.companies import Companies

TOML = """
kind = "companies"
name = "List of companies"
source = "list-1"
headers = ["No", "Название", "Status"]

[columns]
code = "No"
name = { from = ["Название", "Title"], combine = "join", separator = " / " }

[columns.status]
from = "Status"
value = "open"
choices = { A = "open" }
"""


def test_a_file_is_read_and_can_be_kept_as_data(tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text(TOML, "utf-8")
    loaded = load_mapping(path)
    assert (loaded.kind, loaded.name, loaded.source) == ("companies", "List of companies", "list-1")
    assert loaded.columns["code"] == ColumnMapping(sources=("No",))
    assert loaded.columns["name"] == ColumnMapping(("Название", "Title"), "join", " / ")
    assert loaded.columns["status"] == ColumnMapping(("Status",), value="open", options={"choices": {"A": "open"}})
    path = tmp_path / "kept.json"
    path.write_text(json.dumps(loaded.to_data()), "utf-8")
    assert load_mapping(path) == loaded


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ([], "“kind” and “columns”"),
        ({"kind": "x"}, "“kind” and “columns”"),
        ({"kind": "x", "columns": {}, "colums": {}}, "“colums” is not known"),
        ({"kind": "x", "columns": {"a": {}}}, "“a” needs “from” or “value”"),
        ({"kind": "x", "columns": {"a": 5}}, "“a” needs “from” or “value”"),
        ({"kind": "x", "columns": {"a": {"from": [1]}}}, "“a” takes a text"),
        ({"kind": "x", "columns": {"a": {"from": "b", "combine": "glue"}}}, "“combine” of “a”"),
        ({"kind": "x", "columns": {"a": {"from": "b", "extract": "("}}}, "regular expression"),
        ({"kind": "x", "columns": {"a": {"from": "b", "extract": "x"}}}, "exactly one group"),
        ({"kind": "x", "headers": 5, "columns": {"a": "b"}}, "“headers” takes a text"),
    ],
)
def test_what_is_no_mapping(data: Any, reason: str) -> None:
    with pytest.raises(BadMapping, match=reason):
        ColumnMappings.from_data(data)


def test_broken_files_are_named(tmp_path: Path) -> None:
    for name, content in (("a.toml", "x = ["), ("b.json", "{")):
        path = tmp_path / name
        path.write_text(content)
        with pytest.raises(BadMapping, match=name):
            load_mapping(path)


def named(name: str, *headers: str) -> ColumnMappings:
    return ColumnMappings("companies", name, {"code": ColumnMapping((headers[0],))}, headers=headers)


def test_the_mapping_with_most_known_headers_is_recognised() -> None:
    known = [named("short", "No"), named("long", "No", "Name"), named("other", "No", "Colour")]
    assert recognise(["NO", " name ", "Town"], known) == known[1]
    assert recognise(["No", "Town"], known) == known[0]
    assert recognise(["Town"], known) is None


def test_used_columns_are_the_fingerprint_when_no_headers_are_given() -> None:
    mapped = ColumnMappings("companies", "", {"code": ColumnMapping(("No",)), "name": ColumnMapping(("A", "B"))})
    assert mapped.fingerprint == {"no", "a", "b"}


def test_constants_alone_recognise_nothing() -> None:
    assert recognise(["No"], [ColumnMappings("companies", "", {"code": ColumnMapping(value="1")})]) is None


def test_names_labels_and_aliases_suggest_a_mapping() -> None:
    found = suggest("companies", Companies.fields, ["企业编号", "NAME", "capital", "Town"])
    assert {name: entry.sources for name, entry in found.columns.items()} == {
        "code": ("企业编号",),
        "name": ("NAME",),
        "capital": ("capital",),
    }


def test_shipped_mappings_come_from_the_apps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / mapping.SHIPPED_FOLDER
    folder.mkdir()
    (folder / "list.toml").write_text(TOML, "utf-8")

    class Config:
        path = str(tmp_path)

    monkeypatch.setattr(mapping.apps, "get_app_configs", lambda: [Config])
    assert [found.name for found in shipped_mappings("companies")] == ["List of companies"]
    assert [found.name for found in shipped_mappings()] == ["List of companies"]
    assert shipped_mappings("projects") == []


def test_the_mappings_that_the_apps_ship_fit_their_kinds() -> None:
    for found in shipped_mappings():
        fields = {field.name for field in kinds.get_kind(found.kind).fields}
        assert found.columns.keys() <= fields
        assert found.name
        assert found.fingerprint


@pytest.fixture
def register() -> Iterator[None]:
    before = dict(kinds._kinds)
    yield
    kinds._kinds.clear()
    kinds._kinds.update(before)


@pytest.mark.usefixtures("register")
def test_kinds_are_registered_once() -> None:
    kinds.register(Companies)
    assert kinds.get_kind("companies") in kinds.all_kinds()
    with pytest.raises(ValueError, match="companies"):
        kinds.register(Companies)
    with pytest.raises(KeyError):
        kinds.get_kind("spaceships")


@pytest.mark.parametrize("name", ["", "Name", "a-b", "row_number", "action", "1st"])
def test_names_that_are_no_columns(name: str) -> None:
    with pytest.raises(ValueError, match="import field"):
        ImportField(name, "x")


def test_lists_are_staged_as_arrays_and_entries_as_json() -> None:
    assert FIELD_TYPES["list"].staged(['a "b"', "c\\d"]) == ('{"a \\"b\\"","c\\\\d"}',)
    ((entries,),) = [FIELD_TYPES["tagged_list"].staged([{"name": "Завод", "tag": None}])]
    assert json.loads(entries) == [{"name": "Завод", "tag": None}]


def test_choices_are_known_by_code_and_label_in_every_language() -> None:
    field = ImportField("active", _("Active"), choices={"yes": _("Yes"), "no": _("No")})
    words = field.choice_words()
    assert (words["yes"], words["Yes"]) == ("yes", "yes")
    for language in ("zh-hans", "ru"):
        with translation.override(language):
            assert words[str(_("Yes"))] == "yes"
    assert {"да", "是"} & {word.casefold() for word in words}
