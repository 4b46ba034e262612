"""What is taken and what is refused, judged by the content of files made for it."""

from io import BytesIO

import pytest

from temp_portal.documents.checks import Limits, Refused, check
from temp_portal.documents.checks.refusals import SENTENCES
from tests.documents.corpus import bombs, good, parts, polyglots, viruses


def refusal(name: str, content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Refused) as refused:
        check(BytesIO(content), name, limits or Limits())
    assert refused.value.sentence
    return refused.value.code


def test_the_corpus_is_large_enough():
    assert (len(good.FILES) >= 20, len(polyglots.FILES) >= 60, len(bombs.FILES) >= 35) == (True, True, True)


@pytest.mark.parametrize("what", good.FILES)
def test_good_files_pass(what):
    name, make = good.FILES[what]
    findings = check(BytesIO(make()), name)
    assert findings.format.label in what


@pytest.mark.parametrize("what", polyglots.FILES)
def test_nothing_hides_in_a_document(what):
    name, make, reasons = polyglots.FILES[what]
    assert refusal(name, make()) in reasons


@pytest.mark.parametrize("what", bombs.FILES)
def test_nothing_explodes(what):
    name, make, reasons, limits = bombs.FILES[what]
    assert refusal(name, make(), limits) in reasons


@pytest.mark.parametrize("what", viruses.FILES)
def test_the_test_virus_is_found(what):
    name, make = viruses.FILES[what]
    assert refusal(name, make()) == "virus"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Licence.pdf", "Licence.pdf"),
        ("скан 许可证.JPEG", "скан 许可证.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\charter.pdf", "charter.pdf"),
        ("v1.2.3", "v1.2.3.pdf"),
        ("company.com.pdf", "company.com.pdf"),
        ('a<b>"c|d?.pdf', "a_b__c_d_.pdf"),
        ("photo.pdf. ", "photo.pdf"),
        (".pdf", "PDF.pdf"),
        ("", "PDF.pdf"),
        ("x" * 400 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_names_are_made_safe(given, kept):
    assert check(BytesIO(parts.pdf()), given).name == kept


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("invoice\u202efdp.exe", "name"),
        ("invoice\u2066.pdf", "name"),
        ("a\u200bb.pdf", "name"),
        ("a\nb.pdf", "name"),
        ("a\0.pdf", "name"),
        ("invoice.pdf.exe", "program_name"),
        ("invoice.exe.pdf", "program_name"),
        ("invoice.js . .pdf", "program_name"),
        ("page.html", "program_name"),
        ("letter.DOCM", "program_name"),
    ],
)
def test_names_that_mislead_are_refused(name, code):
    assert refusal(name, parts.pdf()) == code


def test_every_refusal_says_what_to_do():
    assert all(len(str(sentence)) > 40 for sentence in SENTENCES.values())
