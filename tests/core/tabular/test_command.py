import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection

from temp_portal.core.tabular import kinds
from tests.core.tabular.companies import TABLE, Companies, stored
from tests.core.tabular.files import bomb_bytes, csv_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def companies(monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(Companies)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "companies.csv"
    path.write_bytes(csv_bytes([["code", "name"], ["1", "A"], ["2", "B"], ["", "C"]]).getvalue())
    return path


def run(*arguments: str | Path, **options: Any) -> str:
    out = StringIO()
    call_command("import_table", *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def refused(*arguments: str | Path) -> str:
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    assert caught.value.returncode == 2
    return str(caught.value)


def test_the_summary_is_the_last_line_as_json(good: Path) -> None:
    summary = json.loads(run("companies", good, "--json").splitlines()[-1])
    assert summary == {
        "kind": "companies",
        "mapping": "",
        "applied": True,
        "rows": 3,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "rejected": 1,
        "errors": [{"row": 4, "column": "code", "value": "", "reason": "Required, but blank."}],
    }
    assert stored() == [("1", "A"), ("2", "B")]


def test_the_summary_for_people(good: Path) -> None:
    text = run("companies", good)
    assert "2 created, 0 updated, 0 unchanged, 1 rejected." in text
    assert "row 4, code: Required, but blank." in text
    assert "Nothing was changed" not in text


def test_many_errors_are_cut_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(csv_bytes([["code", "name"], *([["", "A"]] * 25)]).getvalue())
    text = run("companies", path)
    assert text.count("Required, but blank.") == 20
    assert "…and 5 more errors." in text


def test_dry_run_and_all_or_nothing(good: Path) -> None:
    assert "Nothing was changed." in run("companies", good, "--dry-run")
    assert json.loads(run("companies", good, "--all-or-nothing", "--json"))["applied"] is False
    assert stored() == []


def test_rejected_rows_are_written_for_correction(good: Path, tmp_path: Path) -> None:
    rejected = tmp_path / "rejected.csv"
    run("companies", good, "--rejected", rejected)
    assert rejected.read_text("utf-8-sig").splitlines() == [
        "Row,Reason,code,name",
        '4,"code: Required, but blank.",,C',
    ]


def test_a_mapping_file(tmp_path: Path, good: Path) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('kind = "companies"\nname = "Swapped"\n[columns]\ncode = "name"\nname = "code"\n', "utf-8")
    summary = json.loads(run("companies", good, "--mapping", mapping, "--json"))
    assert (summary["mapping"], summary["created"], summary["rejected"]) == ("Swapped", 2, 1)
    assert stored() == [("A", "1"), ("B", "2")]


def test_on_behalf_of_a_user(good: Path) -> None:
    user = get_user_model().objects.create(email="clerk@example.org")
    seen: list[Any] = []

    class Watching(Companies):
        name = "watched"

        def apply(self, stage: Any) -> None:
            super().apply(stage)
            seen.append((stage.user_id, *stage.fetch("SELECT current_setting('pghistory.context_metadata', true)")[0]))

    kinds.register(Watching)
    run("watched", good, "--as", "Clerk@example.org", "--reason", "List of May")
    ((user_id, context),) = seen
    assert user_id == user.pk
    assert json.loads(context) == {"user": user.pk, "import": "watched", "reason": "List of May"}


def test_what_cannot_be_run_ends_with_code_2_and_says_why(good: Path, tmp_path: Path) -> None:
    def file(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    assert "companies" in refused("spaceships", good)
    assert "No such file" in refused("companies", tmp_path / "missing.csv")
    assert "empty" in refused("companies", file("empty.csv", b""))
    assert "Code, Name" in refused("companies", file("other.csv", b"colour,size\nred,5\n"))
    assert "“Code” (A)" in refused("companies", file("twice.csv", b"Code,name,code\n1,2,3\n"))
    assert "UTF-8" in refused("companies", file("cyrillic.csv", "код,имя\n1,Завод\n".encode("cp1251")))
    assert "harmful" in refused("companies", file("bomb.xlsx", bomb_bytes(70 * 1024 * 1024).getvalue()))
    assert "bad.toml" in refused("companies", good, "--mapping", file("bad.toml", b"not TOML ["))
    assert "no user" in refused("companies", good, "--as", "nobody@example.org")
    assert stored() == []
