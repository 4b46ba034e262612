"""`manage.py quarterly_report`: the same figures from the command line, at any cut-off."""

import json
from datetime import timedelta

import pypdf
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from temp_portal.accounts.enums import Role
from temp_portal.jobs import runner
from temp_portal.reports import workflows
from temp_portal.reports.models import Report
from tests.factories import user_with
from tests.reports import world as worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return worlds.build()


def report(tmp_path, *arguments, quarter=None, file_format="json"):
    """Run the command and return the file."""
    out = tmp_path / f"report.{file_format}"
    call_command(
        "quarterly_report", str(quarter or worlds.quarter()), "--format", file_format, "--out", out, *arguments
    )
    return out


def counted(tmp_path, *arguments, **options):
    return json.loads(report(tmp_path, *arguments, **options).read_bytes())


def test_json_has_the_hash_on_top_and_the_cut_off_that_gives_it_again(tmp_path, world):
    first = counted(tmp_path)
    assert next(iter(first)) == "hash"
    worlds.LATER["a back-dated admission"](world)
    worlds.LATER["a corrected ownership"](world)
    assert counted(tmp_path, "--cut-off", first["cut_off"])["hash"] == first["hash"]
    assert counted(tmp_path)["hash"] != first["hash"]


def test_the_command_and_the_page_count_alike(tmp_path, world):
    staff = user_with(Role.STAFF)
    frozen = workflows.prepare(worlds.quarter(), by=staff, scope=world.scope, languages=["en"])
    runner.run(frozen.job_id, threaded=False)
    frozen = Report.objects.get(pk=frozen.pk)
    found = counted(tmp_path, "--committee", world.committee.slug, "--cut-off", frozen.cut_off.isoformat())
    assert found["hash"] == frozen.figures_hash
    assert found["figures"] == frozen.figures


def test_committees_are_named_by_slug_in_any_order(tmp_path, world):
    from tests.factories import CommitteeFactory

    other = CommitteeFactory.create()
    one = counted(tmp_path, "--committee", world.committee.slug, "--committee", other.slug)
    two = counted(tmp_path, "--committee", other.slug, "--committee", world.committee.slug)
    assert one["hash"] == two["hash"]
    assert [committee["id"] for committee in one["committees"]] == sorted([world.committee.pk, other.pk])
    assert counted(tmp_path)["committees"] is None


@pytest.mark.parametrize("file_format", ["xlsx", "pdf", "csv", "json"])
def test_every_format_is_written(tmp_path, world, file_format, capsys):
    out = report(tmp_path, "--language", "ru", file_format=file_format)
    assert out.stat().st_size > 1000
    printed = capsys.readouterr().out
    assert str(worlds.quarter()) in printed
    if file_format == "pdf":
        assert pypdf.PdfReader(out).trailer["/Root"]["/Lang"].startswith("ru")


def test_a_moment_without_offset_is_one_of_the_portal(tmp_path, world):
    moment = (timezone.localtime() - timedelta(hours=1)).replace(microsecond=0)
    found = counted(tmp_path, "--cut-off", moment.replace(tzinfo=None).isoformat())
    assert found["cut_off"] == moment.isoformat()
    assert found["figures"]["tables"]["T3"]["all"]["closing"]["q"] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["2026-Q9"], "is not a quarter"),
        ([str(worlds.quarter().next)], "has not begun"),
        ([str(worlds.quarter()), "--committee", "none-such"], "no committee with the address “none-such”"),
        ([str(worlds.quarter()), "--cut-off", "yesterday"], "is not a moment"),
        ([str(worlds.quarter()), "--cut-off", "2026-13-01"], "is not a moment"),
        ([str(worlds.quarter()), "--cut-off", "2999-01-01"], "lies in the future"),
    ],
)
def test_what_cannot_be_counted_is_said(tmp_path, arguments, message):
    with pytest.raises(CommandError, match=message):
        call_command("quarterly_report", *arguments, "--format", "json", "--out", tmp_path / "x.json")
    assert not (tmp_path / "x.json").exists()


def test_a_folder_that_is_not_there_is_said(tmp_path, world):
    with pytest.raises(CommandError, match="No such file or directory"):
        report(tmp_path / "nowhere")


def test_languages_may_be_written_with_an_underscore(tmp_path, world):
    hyphen = report(tmp_path, "--language", "zh-hans", file_format="csv").read_bytes()
    assert report(tmp_path, "--language", "zh_Hans", file_format="csv").read_bytes() == hyphen


@pytest.mark.parametrize("wrong", [["--format", "docx"], ["--language", "fr"]])
def test_unknown_formats_and_languages_are_refused(tmp_path, wrong):
    usual = {"--format": "json", "--out": str(tmp_path / "x")} | dict([wrong])
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("quarterly_report", "2026-Q1", *[part for pair in usual.items() for part in pair])
