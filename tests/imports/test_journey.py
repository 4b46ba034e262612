"""A table goes in through the pages: upload, columns, check with every error, apply; and the same file again."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from members.models import Organisation
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from temp_portal.imports.models import SavedMapping, TableImport
from temp_portal.jobs import runner
from temp_portal.jobs import workflows as jobs
from temp_portal.jobs.enums import JobState
from temp_portal.jobs.models import Job
from tests.factories import UserFactory, user_with
from tests.importing import write_csv
from tests.members.test_import_enterprises import GOOD, registry_row

pytestmark = pytest.mark.django_db

BAD = [registry_row("甲有限公司", "91110108551385082X"), registry_row("", "91500000MA5U000000")]


@pytest.fixture
def staff(db: None) -> User:
    user = user_with(Role.STAFF)
    user.language = "en"
    user.save()
    return user


@pytest.fixture
def client(staff: User) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def text(response) -> str:
    return " ".join(response.content.decode().split())


def upload(client: Client, content: bytes | Path, name: str = "extract.csv", kind: str = "enterprises"):
    content = content.read_bytes() if isinstance(content, Path) else content
    return client.post(reverse("imports:new"), {"kind": kind, "file": SimpleUploadedFile(name, content)})


def brought(client: Client, path: Path) -> TableImport:
    """The import of a file, uploaded and mapped as it was recognised; its check waits."""
    response = upload(client, path)
    assert response.status_code == 302
    made = TableImport.objects.latest("pk")
    assert response.url == made.columns_url
    page = client.get(made.columns_url)
    chosen = page.context["form"]
    values = {name: chosen[name].value() for name in chosen.fields}
    assert client.post(made.columns_url, values).status_code == 302
    return run_job(made)


def run_job(made: TableImport) -> TableImport:
    """Do what a worker would do, on this connection."""
    made.refresh_from_db()
    runner.run(made.job_id, threaded=False)
    made.refresh_from_db()
    return made


def apply(client: Client, made: TableImport, **values: str):
    return client.post(reverse("imports:apply", args=[made.pk]), {"reason": "Extract of July"} | values)


def counts(made: TableImport) -> tuple[int | None, ...]:
    return made.created, made.updated, made.unchanged, made.rejected


def extract(folder: Path, *rows: dict[str, str]) -> Path:
    return write_csv(folder / "extract.csv", list(rows))


def test_good_rows_go_in_and_every_error_is_listed(client, tmp_path):
    made = brought(client, extract(tmp_path, *GOOD, *BAD))
    assert (made.state, counts(made)) == ("checked", (3, 0, 0, 2))
    assert Organisation.objects.count() == 0
    page = text(client.get(made.get_absolute_url()))
    assert "统一社会信用代码" in page
    assert "91110108551385082X" in page
    assert "Apply 3 good rows" in page
    wrong = made.problems.get(row=5)
    assert (wrong.column, wrong.value) == ("统一社会信用代码", "91110108551385082X")
    assert wrong.reason in text(client.get(reverse("imports:errors", args=[made.pk])))

    assert apply(client, made).status_code == 302
    assert run_job(made).state == "applied"
    assert (counts(made), made.reason) == ((3, 0, 0, 2), "Extract of July")
    assert Organisation.objects.filter(legal_name="渝岭矿业有限公司").exists()
    assert reverse("members:organisation-list") in text(client.get(made.get_absolute_url()))
    moves = [moved.move for moved in Transition.objects.of(made)]
    assert moves == ["upload", "map", "check", "apply", "finish"]


def test_the_same_file_again_has_nothing_to_write(client, tmp_path):
    path = extract(tmp_path, *GOOD)
    apply(client, first := brought(client, path))
    run_job(first)
    again = brought(client, path)
    assert counts(again) == (0, 0, 3, 0)
    assert "There is nothing to write" in text(client.get(again.get_absolute_url()))


def test_a_changed_row_is_shown_before_and_after(client, tmp_path):
    apply(client, first := brought(client, extract(tmp_path, *GOOD)))
    run_job(first)
    changed = brought(client, extract(tmp_path, GOOD[0] | {"地区": "绵阳"}, *GOOD[1:]))
    assert counts(changed) == (0, 1, 2, 0)
    assert "City: <del>成都</del> → <ins>绵阳</ins>" in text(client.get(changed.get_absolute_url()))


def test_the_import_compares_with_what_is_stored_then_not_with_what_was_checked(client, tmp_path):
    path = extract(tmp_path, *GOOD)
    early, late = brought(client, path), brought(client, path)
    for made in (early, late):
        apply(client, made)
        run_job(made)
    assert (counts(early), counts(late)) == ((3, 0, 0, 0), (0, 0, 3, 0))
    assert Organisation.objects.count() == 3


def test_rejected_rows_come_back_as_a_file_with_their_reasons(client, tmp_path):
    made = brought(client, extract(tmp_path, *GOOD, *BAD))
    response = client.get(reverse("imports:rejected", args=[made.pk]))
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("Row,Reason,企业名称")
    assert "91110108551385082X" in lines[1]
    assert made.problems.get(row=5).reason in lines[1].replace('""', '"')
    every = b"".join(client.get(reverse("imports:errors-csv", args=[made.pk])).streaming_content).decode()
    assert len(every.splitlines()) == made.problems.count() + 1


def test_without_bad_rows_there_is_no_file_of_them(client, tmp_path):
    made = brought(client, extract(tmp_path, *GOOD))
    assert client.get(reverse("imports:rejected", args=[made.pk])).status_code == 404


def test_all_or_nothing_takes_everything_back(client, tmp_path):
    made = brought(client, extract(tmp_path, *GOOD, *BAD))
    apply(client, made, all_or_nothing="on")
    assert run_job(made).state == "failed"
    assert made.job.state == JobState.FAILED
    assert Organisation.objects.count() == 0
    page = text(client.get(made.get_absolute_url()))
    assert "all rows or none were to go in" in page
    assert "Choose the columns" in page


def test_a_second_click_on_apply_is_told_that_it_came_too_late(client, tmp_path):
    made = brought(client, extract(tmp_path, *GOOD))
    assert apply(client, made).status_code == 302
    second = apply(client, made)
    assert second.status_code == 409
    assert "This is no longer possible" in text(second)
    assert Job.objects.filter(kind="imports.apply").count() == 1


def test_a_worker_that_dies_after_the_commit_writes_nothing_twice(client, tmp_path):
    made = brought(client, extract(tmp_path, *GOOD))
    apply(client, made)
    run_job(made)
    Job.objects.filter(pk=made.job_id).update(state=JobState.QUEUED, finished_at=None)
    assert run_job(made).state == "applied"
    assert made.job.state == JobState.SUCCEEDED
    assert counts(made) == (3, 0, 0, 0)


def test_a_check_of_columns_that_were_chosen_anew_is_not_kept(client, tmp_path):
    upload(client, extract(tmp_path, *GOOD))
    made = TableImport.objects.get()
    form = client.get(made.columns_url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    client.post(made.columns_url, values)
    made.refresh_from_db()
    old = made.job_id
    client.post(made.columns_url, values)
    runner.run(old, threaded=False)
    made.refresh_from_db()
    assert (made.state, made.rows) == ("mapped", None)
    assert run_job(made).state == "checked"


def test_columns_can_be_chosen_anew_once_the_import_was_cancelled_but_not_before(client, staff, tmp_path):
    made = brought(client, extract(tmp_path, *GOOD))
    form = client.get(made.columns_url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    apply(client, made)
    made.refresh_from_db()
    assert client.post(made.columns_url, values).status_code == 409
    cancelled = made.job
    jobs.cancel(cancelled, by=staff)
    assert "Choose the columns again" in text(client.get(made.get_absolute_url()))
    assert client.post(made.columns_url, values).status_code == 302
    jobs.retry(cancelled, by=staff)
    runner.run(cancelled.pk, threaded=False)
    assert Organisation.objects.count() == 0
    assert run_job(made).state == "checked"


def test_a_file_that_is_gone_fails_with_a_reason(client, tmp_path):
    upload(client, extract(tmp_path, *GOOD))
    made = TableImport.objects.get()
    made.file.storage.delete(made.file.name)
    form = client.get(made.columns_url).context["form"]
    client.post(made.columns_url, {name: form[name].value() for name in form.fields})
    assert run_job(made).state == "failed"
    assert "Upload it again" in made.failure
    assert made.failure in text(client.get(made.get_absolute_url()))


def test_the_columns_are_recognised_and_shown_with_samples(client, tmp_path):
    upload(client, extract(tmp_path, *GOOD))
    page = client.get(TableImport.objects.get().columns_url)
    form = page.context["form"]
    assert form["legal_name"].value() == "0"
    assert form["number"].value() == "1"
    assert "企业名称: 渝岭矿业有限公司, 远屿贸易有限公司" in text(page)
    assert "Register extract (China)" in text(page)
    assert form["country"].value() == "kept"


def test_a_mapping_is_remembered_for_files_with_the_same_columns(client, tmp_path):
    rows = [{"Firma": "Alatau Cargo LLP", "Nummer": "", "Ort": "Almaty"}]
    upload(client, write_csv(tmp_path / "a.csv", rows))
    made = TableImport.objects.get()
    assert client.get(made.columns_url).context["form"]["legal_name"].value() == ""
    client.post(made.columns_url, {"legal_name": "0", "number": "1", "city": "2"})
    assert SavedMapping.objects.count() == 1
    turned = [{"Ort": "Osh", "Firma": "Talas Trade LLC", "Nummer": ""}]
    upload(client, write_csv(tmp_path / "b.csv", turned))
    page = client.get(TableImport.objects.latest("pk").columns_url)
    form = page.context["form"]
    assert [form[name].value() for name in ("legal_name", "number", "city", "region")] == ["1", "2", "0", ""]
    assert "last did for a file with these columns" in text(page)


def test_a_required_column_is_asked_for_and_the_other_choices_stay(client, tmp_path):
    upload(client, write_csv(tmp_path / "a.csv", [{"Firma": "Alatau Cargo LLP", "Ort": "Almaty"}]))
    made = TableImport.objects.get()
    page = client.post(made.columns_url, {"legal_name": "", "city": "1"})
    assert page.status_code == 200
    assert "choose the column that holds it" in text(page)
    assert page.context["form"]["city"].value() == "1"
    assert text(page).count("<title>Error:") == 1


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 200_000_000)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "The file is not a table"),
        (b"name,name\na,b\n", "More than one column is called"),
        (bomb, "unpacks to far more than a table needs"),
        (b"name,city\n", "no row under them"),
    ],
    ids=["empty", "png", "duplicate", "bomb", "header-only"],
)
def test_what_is_no_table_is_refused_beside_the_field(client, content, says):
    response = upload(client, content() if callable(content) else content, "table.xlsx", kind="projects")
    assert response.status_code == 200
    assert says in response.context["form"].errors["file"][0]
    assert says in text(response)
    assert response.context["form"]["kind"].value() == "projects"
    assert TableImport.objects.count() == 0


def test_a_file_that_is_too_large_is_refused(client):
    response = upload(client, b"name\n" + b"a" * 51 * 1024 * 1024)
    assert "at most 50 MB" in response.context["form"].errors["file"][0]


@pytest.mark.parametrize("page", ["imports", "new"])
def test_others_have_no_right(page):
    client = Client()
    client.force_login(UserFactory.create())
    assert client.get(reverse(f"imports:{page}")).status_code == 403


@pytest.mark.parametrize("page", ["import", "columns", "rejected", "errors", "errors-csv"])
def test_to_others_an_import_does_not_exist(page, client, tmp_path):
    made = brought(client, extract(tmp_path, *GOOD, *BAD))
    other = Client()
    other.force_login(UserFactory.create())
    assert other.get(reverse(f"imports:{page}", args=[made.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_three_imports_as_for_one(number, client, tmp_path, django_assert_num_queries):
    for _time in range(number):
        brought(client, extract(tmp_path, *GOOD))
    client.get(reverse("imports:imports"))
    with django_assert_num_queries(5):  # user, grants, saved views, imports, unread notices
        page = client.get(reverse("imports:imports"))
    assert text(page).count("extract.csv") == number
