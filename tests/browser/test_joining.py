"""From the first visit to an organisation of one's own: on a phone, by keyboard alone, in Russian."""

from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from members.models import Claim, Identifier, Organisation
from temp_portal.accounts.models import User
from tests.browser.keyboard import Keyboard
from tests.factories import CommitteeFactory, OrganisationFactory
from tests.journeys.test_story import code_in, letter_to
from tests.live import Sink

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS, SECRET = "aliya@example.org", "достаточно длинный секрет"
TAKEN, FREE = "950440001673", "940140000385"


def with_passkeys(page: Page) -> CDPSession:
    """A device that keeps passkeys and knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


@pytest.fixture
def phone(page: Page, live_server: Any) -> Page:
    page.set_viewport_size({"width": 390, "height": 844})
    page.context.add_cookies([{"name": "django_language", "value": "ru", "url": live_server.url}])
    return page


def test_from_signing_up_to_the_own_organisation(live_server: Any, phone: Page, smtp_sink: Sink) -> None:
    committee = CommitteeFactory.create()
    taken = OrganisationFactory.create(legal_name="ТОО «Занято»", name_ru="ТОО «Занято»", country="KZ")
    Identifier.objects.create(organisation=taken, scheme="KZ-BIN", value=TAKEN, is_primary=True)
    keys, page = Keyboard(phone, "joining"), phone
    with_passkeys(page)

    page.goto(f"{live_server.url}/account/signup/?next=/apply/?committee={committee.slug}")
    keys.type("name", "Алия Сейтова")
    keys.type("email", ADDRESS)
    keys.type("password1", SECRET)
    keys.looks_right("sign-up")
    page.keyboard.press("Enter")
    expect(page.locator("[name=code]")).to_be_visible()
    keys.looks_right("code")
    keys.type("code", code_in(letter_to(smtp_sink, ADDRESS)))
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{live_server.url}/account/protect/")
    keys.looks_right("protect")
    keys.press("a[href='/account/2fa/webauthn/add/']")
    expect(page.locator("#mfa_webauthn_add")).to_be_visible()
    keys.looks_right("passkey")
    keys.press("#mfa_webauthn_add")
    expect(page.locator(".codes li")).to_have_count(10)
    keys.looks_right("codes")
    keys.press("main a[href^='/apply/']")

    expect(page).to_have_url(f"{live_server.url}/apply/organisation/?committee={committee.slug}")
    choose_kazakhstan(page)
    check = page.locator("[data-number-check]")
    keys.type("number", TAKEN[:6])
    expect(check).to_contain_text("12")
    page.keyboard.type("001674")
    expect(check.locator(".msg")).to_be_visible()
    keys.looks_right("wrong-number")
    page.keyboard.press("Backspace")
    page.keyboard.type("3")
    expect(check).to_contain_text("ТОО «Занято»")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_be_visible()
    keys.press(f"a[href^='/apply/organisation/{taken.pk}/claim/']")
    expect(page.locator("[name=statement]")).to_be_visible()
    keys.type("post", "Директор")
    keys.type("statement", "Доверенность от 1 мая")
    keys.looks_right("claim")
    keys.press("main button[type=submit]")
    expect(page).to_have_url(f"{live_server.url}/me/claims/")
    keys.looks_right("claims")
    assert Claim.objects.get().organisation == taken

    page.goto(f"{live_server.url}/apply/organisation/?country=KZ&number={FREE}&name=")
    keys.press("main a[href^='/apply/organisation/new/']")
    expect(page.locator("[name=legal_name]")).to_be_visible()
    keys.type("legal_name", "ТОО «Свободно»")
    keys.type("post", "Директор")
    keys.looks_right("new-organisation")
    keys.press("main button[type=submit]")
    expect(page).to_have_url(f"{live_server.url}/me/")
    [own] = Organisation.objects.represented_by(User.objects.get(email=ADDRESS))
    keys.press(f"a[href='/organisations/{own.pk}/representatives/']")
    expect(page).to_have_url(f"{live_server.url}/organisations/{own.pk}/representatives/")
    keys.looks_right("representatives")

    page.context.clear_cookies(name="sessionid")
    page.goto(f"{live_server.url}/account/login/")
    keys.press("#passkey_login")
    expect(page).to_have_url(f"{live_server.url}/me/")


def choose_kazakhstan(page: Page) -> None:
    """With the arrows, as far down the list as it stands."""
    country = page.locator("#id_country")
    country.focus()
    for _press in range(country.evaluate("list => [...list.options].findIndex((each) => each.value === 'KZ')")):
        page.keyboard.press("ArrowDown")
    expect(country).to_have_value("KZ")
