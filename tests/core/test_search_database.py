import pytest
from django.db import connection

from members.models import Organisation
from temp_portal.core.search import matches, search_key

NAMES = [
    "特变电工股份有限公司",
    "潍柴动力股份有限公司",
    "Қазақстан темір жолы",
    "ПАО «Северсталь»",
    "Oʻzbekiston Havo Yoʻllari",
]


@pytest.fixture
def organisations(db):
    """The named ones among enough others that the planner has a choice."""
    others = [f"西部矿业第{number}有限公司" for number in range(1500)]
    Organisation.objects.bulk_create(
        Organisation(legal_name=name, search_key=search_key(name)) for name in [*NAMES, *others]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE members_organisation")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("特变", ["特变电工股份有限公司"]),
        ("tebian", ["特变电工股份有限公司"]),
        ("тэбянь", ["特变电工股份有限公司"]),
        ("特", ["特变电工股份有限公司"]),
        ("te bian", ["特变电工股份有限公司"]),
        ("вэйчай", ["潍柴动力股份有限公司"]),
        ("潍柴 动力", ["潍柴动力股份有限公司"]),
        ("qazaqstan", ["Қазақстан темір жолы"]),
        ("severstal", ["ПАО «Северсталь»"]),
        ("ozbekiston", ["Oʻzbekiston Havo Yoʻllari"]),
        ("%", []),
        ("nothing of the kind", []),
    ],
)
def test_a_query_finds_its_row(organisations, query, found):
    rows = Organisation.objects.filter(matches("search_key", query))

    assert list(rows.values_list("legal_name", flat=True)) == found


def test_a_blank_query_finds_all(organisations):
    assert Organisation.objects.filter(matches("search_key", " ")).count() == 1500 + len(NAMES)


@pytest.mark.parametrize("query", ["特变", "тэбянь", "tebian", "特", "te"])
def test_the_trigram_index_serves_every_script_and_the_short_terms(organisations, query):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Organisation.objects.filter(matches("search_key", query)).explain()

    assert "Bitmap Index Scan on organisation_search" in plan
    assert "Index Cond" in plan
