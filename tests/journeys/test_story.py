"""The story that the portal exists for, in Chinese: an enterprise applies, the committee admits it, the quarter's
report says so. A real browser, a real worker, a real mail server.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from committees.enums import ApplicationState
from committees.models import Application, Committee, Seat
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from temp_portal.core.periods import Quarter
from temp_portal.jobs.enums import JobState
from temp_portal.reports.models import Report
from tests.factories import CommitteeFactory, admit, user_with
from tests.factories.accounts import PASSWORD
from tests.journeys.visitor import Visitor, zh
from tests.live import Sink, Start, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "gulnara@example.org"
SECRET = "forty two grey horses"
COMPANY = "新疆天山示范铝业有限公司"
CREDIT_CODE = "91650100MA7F3K207C"
MOTIVATION = "我们从事铝加工，希望在哈萨克斯坦寻找合作伙伴。"
MISSING = "请补充股东名册的日期。"
EVIDENCE = "2026年5月1日股东名册"
#: A report has three files to make and to store.
REPORT_MS = 60_000

#: Width of a telephone.
PHONE = 390

Visit = Callable[..., Visitor]


def test_an_enterprise_joins_and_the_quarter_counts_it(
    visit: Visit, smtp_sink: Sink, celery_worker_process: Start
) -> None:
    celery_worker_process(EMAIL_URL=smtp_sink.url)
    committee = CommitteeFactory.create(name_zh_hans="铝业工作委员会", slug="aluminium")
    secretary = user_with(Role.SECRETARY, committee, language="zh-hans", name="何静")
    staff = user_with(Role.STAFF, language="zh-hans", name="陈晨")
    running = Quarter.containing(timezone.localdate())
    decided_on = running.previous.end - timedelta(days=10)

    representative = visit(PHONE)
    sign_up(representative, committee, smtp_sink)
    add_the_organisation(representative, committee)
    fill_in(representative)
    submit(representative)

    officer = visit()
    told_by_mail_and_bell(officer, secretary, smtp_sink)
    return_for_completion(officer, committee)
    complete(representative, smtp_sink)
    approve(officer, committee, decided_on)
    stands_in_the_public_roster(visit(), committee)

    clerk = visit()
    clerk.open("/account/login/")
    clerk.sign_in(staff.email, PASSWORD)
    # The roster counts by the day of the decision, the funnel by the day on which it was recorded.
    report = make_report(clerk, running.previous, committee)
    assert figure(clerk, "T3", "admitted") == "1"
    assert figure(clerk, "T6", "approved") == "0"
    names_stand_behind(clerk, report, "T3", "admitted")
    files_say_the_same(clerk, report)
    recomputed_to_the_same_hash(clerk, report, committee, decided_on)

    report = make_report(clerk, running, committee)
    assert [figure(clerk, "T6", column) for column in ("received", "returned", "approved")] == ["1", "1", "1"]
    names_stand_behind(clerk, report, "T6", "approved")


def sign_up(visitor: Visitor, committee: Committee, sink: Sink) -> None:
    """From the committee's page to an account whose address is confirmed."""
    visitor.open(f"/committees/{committee.slug}/")
    visitor.follow("Apply to join")
    visitor.follow("Create one")
    visitor.fill(name="古丽娜", email=ADDRESS, password1=SECRET)
    visitor.press("Create the account")
    visitor.reads(ADDRESS)
    visitor.fill(code=code_in(letter_to(sink, ADDRESS)))
    visitor.press("Confirm")
    visitor.reads(zh("Protect your account"))
    visitor.page.context.clear_cookies(name="sessionid")
    visitor.open(f"/apply/?committee={committee.slug}")
    visitor.sign_in(ADDRESS, SECRET)


def add_the_organisation(visitor: Visitor, committee: Committee) -> None:
    """It is looked up first; the register does not have it."""
    visitor.choose("country", "CN")
    visitor.fill(number=CREDIT_CODE)
    visitor.press("Look it up in the register")
    visitor.reads(zh("It is not in the register yet"))
    visitor.follow("Add the organisation")
    expect(visitor.page.locator("#id_number")).to_have_value(CREDIT_CODE)
    visitor.fill(legal_name=COMPANY, post="总经理")
    visitor.press("Add the organisation and go on")
    visitor.reads(zh("Your application"))
    assert Application.objects.get().organisation.legal_name == COMPANY


def fill_in(visitor: Visitor) -> None:
    """Short pages; the last one is left in the middle, and has saved itself."""
    visitor.follow("Go on with the next part")
    visitor.tick("ownership_type", "private")
    visitor.fill(controller="张氏家族", ownership_evidence=EVIDENCE)
    visitor.press("Save and continue")
    visitor.choose("industry_codes", "GB/T 4754|2017|32")
    visitor.choose("target_countries", "KZ", "UZ")
    visitor.press("Save and continue")
    visitor.fill(post="总经理")
    visitor.choose("languages", "zh-hans")
    visitor.tick("notice_confirmed")
    visitor.tick("representation")
    visitor.press("Save and continue")
    visitor.follow("Continue")
    visitor.choose("chain_role", "processing")
    visitor.fill(motivation=MOTIVATION)
    expect(visitor.page.locator("[data-saved] [data-when=saved] time")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    visitor.page.reload()
    expect(visitor.page.locator("#id_motivation")).to_have_value(MOTIVATION)
    visitor.press("Save and continue")


def submit(visitor: Visitor) -> None:
    """The answers are read once more; an impatient hand presses twice."""
    visitor.follow("Check and submit")
    for answer in (COMPANY, CREDIT_CODE, "张氏家族", EVIDENCE, MOTIVATION):
        visitor.reads(answer)
    visitor.press("Submit the application", clicks=2)
    application = Application.objects.get()
    visitor.reads(str(application.number))
    assert application.state == ApplicationState.SUBMITTED
    assert Transition.objects.of(application).filter(move="submit").count() == 1


def told_by_mail_and_bell(visitor: Visitor, secretary: User, sink: Sink) -> None:
    receipt = letter_to(sink, ADDRESS, about=str(Application.objects.get().number))
    assert "铝业工作委员会" in str(receipt["Subject"])
    assert COMPANY in str(letter_to(sink, secretary.email)["Subject"])
    visitor.open("/account/login/")
    visitor.sign_in(secretary.email, PASSWORD)
    expect(visitor.bell()).to_have_text("1")
    visitor.open("/inbox/")
    visitor.reads(COMPANY)


def return_for_completion(visitor: Visitor, committee: Committee) -> None:
    open_from_queue(visitor, committee)
    visitor.reads(MOTIVATION)
    visitor.page.locator("#reason").fill(MISSING)
    visitor.press("Return for completion…")
    visitor.press("Return to the enterprise")
    assert Application.objects.get().state == ApplicationState.RETURNED


def complete(visitor: Visitor, sink: Sink) -> None:
    """The enterprise reads what is missing, adds it, and sends the application again."""
    application = Application.objects.get()
    visitor.open(link_in(letter_to(sink, ADDRESS, about=MISSING), "/inbox/"))
    visitor.reads(MISSING)
    visitor.open(f"/apply/{application.pk}/ownership/")
    visitor.fill(ownership_since="2021-05-01")
    visitor.press("Save and continue")
    visitor.open(f"/apply/{application.pk}/check/")
    visitor.press("Submit the application")
    visitor.reads(str(application.number))


def approve(visitor: Visitor, committee: Committee, decided_on: date) -> None:
    """The council decided some time ago; it is recorded today."""
    open_from_queue(visitor, committee)
    visitor.press("Approve and give a seat…")
    visitor.fill(effective_on=decided_on.isoformat(), document="理事会第7号会议纪要")
    visitor.press("Approve and give the seat")
    seat = Seat.objects.get()
    assert (seat.valid.lower, seat.organisation.legal_name) == (decided_on, COMPANY)


def open_from_queue(visitor: Visitor, committee: Committee) -> None:
    visitor.open(f"/committees/{committee.slug}/applications/")
    visitor.page.get_by_role("link", name=COMPANY).first.click()
    visitor.look()


def stands_in_the_public_roster(visitor: Visitor, committee: Committee) -> None:
    visitor.open(f"/committees/{committee.slug}/")
    expect(visitor.page.get_by_role("row").filter(has_text=COMPANY)).to_be_visible()


def make_report(visitor: Visitor, quarter: Quarter, committee: Committee) -> Report:
    """Staff start it and watch it, without loading the page again, until its files are there."""
    visitor.open("/reports/new/")
    visitor.choose("quarter", str(quarter))
    visitor.choose("committees", str(committee.pk))
    visitor.press("Count, freeze and make the files")
    report = Report.objects.latest("pk")
    expect(visitor.page.locator(".files a").first).to_be_visible(timeout=REPORT_MS)
    visitor.look()
    assert report.job is not None
    report.job.refresh_from_db()
    assert report.job.state == JobState.SUCCEEDED
    assert report.job.progress_done == report.job.progress_total > 0
    report.refresh_from_db()
    visitor.reads(report.figures_hash)
    return report


def figure(visitor: Visitor, table: str, column: str) -> str:
    """A figure of the quarter over all members or applicants, as the page shows it."""
    link = visitor.page.locator(f"a.fig[href$='/figures/{table}/all/{column}/']")
    return link.inner_text() if link.count() else "0"


def names_stand_behind(visitor: Visitor, report: Report, table: str, column: str) -> None:
    """Every figure leads to the records that it counts."""
    visitor.page.locator(f"a.fig[href$='/figures/{table}/all/{column}/']").click()
    visitor.reads(COMPANY)
    visitor.look()
    visitor.open(report.get_absolute_url())


def files_say_the_same(visitor: Visitor, report: Report) -> None:
    book = load_workbook(visitor.download(".xlsx"))
    roster = next(sheet for sheet in book if re.match(r"T3\b", sheet.title))
    lines = {row[0]: row[1:] for row in roster.iter_rows(values_only=True)}
    assert 1 in lines[zh("All members")]
    text = "".join(page.extract_text() for page in PdfReader(visitor.download(".pdf")).pages)
    assert "铝业工作委员会" in text
    assert report.figures_hash in re.sub(r"\s", "", text)


def recomputed_to_the_same_hash(visitor: Visitor, report: Report, committee: Committee, decided_on: date) -> None:
    """Also after another admission of that quarter has been recorded."""
    admit(committee, on=decided_on)
    visitor.press("Recompute")
    found = visitor.page.locator("#verification")
    expect(found).to_contain_text(zh("Counted again from the facts: the same hash"))
    expect(found).to_contain_text(report.figures_hash)


def letter_to(sink: Sink, address: str, *, about: str = "") -> EmailMessage:
    """Wait for a letter in which a text stands."""

    def found() -> list[EmailMessage]:
        return [mail for mail in sink.to(address) if about in str(mail["Subject"]) + text_of(mail)]

    wait_until(lambda: bool(found()))
    return found()[-1]


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def code_in(mail: EmailMessage) -> str:
    """The code that confirms an address, out of the letter's subject."""
    found = re.search(r"[A-Z]{4}-[A-Z]{4}", str(mail["Subject"]))
    assert found, mail["Subject"]
    return found[0]


def link_in(mail: EmailMessage, part: str) -> str:
    """The address in a letter that contains a text."""
    found = re.search(rf"https?://\S*{re.escape(part)}\S*", text_of(mail))
    assert found, text_of(mail)
    return found[0]
