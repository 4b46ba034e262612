"""Figures, dates, names and marks in the three languages."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from temp_portal.core import markup
from temp_portal.core.markup.figures import MINUS, NOTHING
from temp_portal.core.markup.icons import ICONS
from temp_portal.core.markup.status import TONES

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("language", "value", "places", "text"),
    [
        ("en", 1284.5, 2, "1,284.50"),
        ("en", -1234567, None, f"{MINUS}1,234,567"),
        ("en", Decimal("0.125"), 2, "0.13"),
        ("en", Decimal("1E+3"), None, "1,000"),
        ("en", -0.04, 1, "0.0"),
        ("en", None, None, NOTHING),
        ("zh-hans", 1284.5, 2, "1,284.50"),
        ("ru", 1284.5, 2, f"1{NBSP}284,50"),
        ("ru", 0, None, "0"),
    ],
)
def test_number(language: str, value: Any, places: int | None, text: str) -> None:
    with translation.override(language):
        assert markup.number(value, places) == text


def test_percentages_round_half_up_and_differences_carry_their_sign() -> None:
    assert markup.percent(7 / 45) == "15.6%"
    assert markup.percent(None) == NOTHING
    assert markup.delta(3) == "+3"
    assert markup.delta(-3) == f"{MINUS}3"
    assert markup.delta(0) == "0"
    assert markup.delta(0.04, 1) == "0.0"
    assert markup.percent_delta(9, 8) == "+12.5%"
    assert markup.percent_delta(7, 8) == f"{MINUS}12.5%"
    assert markup.percent_delta(8, 8) == "0.0%"
    assert markup.percent_delta(3, 0) == "n/a"


def test_money_does_not_break_from_its_currency() -> None:
    assert markup.money(Decimal("412600000"), "USD", 0) == f"USD{NBSP}412,600,000"


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("en", "14 Mar 2023", "18 Nov 2026, 10:05"),
        ("zh-hans", "2023年3月14日", "2026年11月18日 10:05"),
        ("ru", "14 марта 2023", "18 ноября 2026, 10:05"),
    ],
)
def test_dates_cannot_be_misread(language: str, day: str, moment: str) -> None:
    with translation.override(language):
        assert markup.time_tag(date(2023, 3, 14)) == f'<time datetime="2023-03-14">{day}</time>'
        at = datetime(2026, 11, 18, 2, 5, tzinfo=UTC)
        assert markup.time_tag(at) == f'<time datetime="2026-11-18T10:05+08:00">{moment}</time>'


class Firm:
    def __init__(self, **fields: str) -> None:
        self.name_en = self.name_zh_hans = self.name_ru = self.legal_name = self.legal_name_language = ""
        self.__dict__.update(fields)

    def __str__(self) -> str:
        return "as text"


def test_name_in_two_lines() -> None:
    firm = Firm(name_en="Longhe", name_zh_hans="龙河", name_ru="Лунхэ")
    assert markup.name_tag(firm) == 'Longhe<span class="native" lang="zh-Hans">龙河</span>'
    with translation.override("zh-hans"):
        assert markup.name_tag(firm) == '龙河<span class="native" lang="ru">Лунхэ</span>'
    assert markup.name_tag(firm, lines=1, url="/x/") == '<a href="/x/">Longhe</a>'


def test_original_name_stands_under_the_translation() -> None:
    firm = Firm(name_en="Aktau", name_zh_hans="阿克套", legal_name="ТОО «Актау»", legal_name_language="ru")
    assert markup.name_tag(firm, native="legal_name") == 'Aktau<span class="native" lang="ru">ТОО «Актау»</span>'


def test_missing_translation_is_marked() -> None:
    firm = Firm(legal_name="ТОО «Актау»", legal_name_language="ru")
    html = markup.name_tag(firm, native="legal_name")
    assert html.startswith('<span lang="ru">ТОО «Актау»</span> <span class="untranslated" title="Not translated yet">')
    assert "РУС" in html
    assert "native" not in html
    assert markup.name_tag(Firm()) == "as text"


def test_names_are_escaped() -> None:
    assert "<b>" not in markup.name_tag(Firm(name_en="<b>", name_ru="<b>x"), url='"><b>')


def test_ownership_is_shape_and_label() -> None:
    assert '<circle cx="6" cy="6" r="5.5" class="f-central"/>' in markup.own_mark("central")
    assert "Central SOE" in markup.own_mark("central")
    assert "f-other" in markup.own_mark("unverified")
    assert "Registered abroad" in markup.own_mark("foreign", "Registered abroad")
    assert '<span class="visually-hidden">9</span>' in markup.own_mark("local", 9, hidden=True)


def test_bar_has_its_geometry_in_attributes_and_all_counts_in_its_label() -> None:
    bar = markup.own_bar({"central": 9, "local": 0, "private": 21, "foreign": 7, "unverified": 2}, "tall")
    assert 'aria-label="Ownership: Central SOE 9, Local SOE 0, Private 21, Foreign 7"' in bar
    assert 'x="0.00%" width="24.32%"' in bar
    assert 'x="24.32%" width="56.76%"' in bar
    assert bar.count("f-gap") == 3
    assert "style" not in bar
    assert "f-empty" in markup.own_bar({})


def test_every_tone_has_an_icon_and_icons_know_their_label() -> None:
    assert set(TONES.values()) <= set(ICONS)
    assert "Active" in markup.status_tag("ok", "active")
    assert '<span class="visually-hidden">Inbox</span>' in markup.icon("bell", "Inbox")
    with pytest.raises(KeyError):
        markup.icon("no such icon")


def test_a_kept_part_is_written_again_for_another_value_or_language() -> None:
    part = Template('{% load i18n kept %}{% kept place %}{% translate "Search" %} {{ place }} {{ other }}{% endkept %}')
    first = part.render(Context({"place": "a", "other": 1}))
    assert part.render(Context({"place": "a", "other": 2})) == first == "Search a 1"
    assert part.render(Context({"place": "b", "other": 2})) == "Search b 2"
    with translation.override("ru"):
        assert part.render(Context({"place": "a", "other": 2})) == "Поиск a 2"


@pytest.mark.django_db
def test_the_mark_of_the_navigation_follows_the_reader_from_place_to_place(client: Client) -> None:
    marks = {"/committees/": "page", "/committees/members/": "true", "/projects/": None}
    for path, mark in {**marks, "/organisations/": None}.items():
        page = client.get(path).content.decode()
        assert (re.search(r'<a href="/committees/" aria-current="(\w+)"', page) or [None, None])[1] == mark, path
