"""DOCX, XLSX, PPTX, ODT and ODS: which one it is, and nothing in it that runs, fetches, hides or explodes."""

import re
from typing import Final

from temp_portal.documents.checks import formats
from temp_portal.documents.checks.archives import Archive
from temp_portal.documents.checks.formats import Format
from temp_portal.documents.checks.limits import Limits
from temp_portal.documents.checks.refusals import Refused
from temp_portal.documents.checks.signatures import check_virus, holds_archive, is_program

_MAIN_PARTS: Final = {
    b"wordprocessingml.document.main+xml": formats.DOCX,
    b"spreadsheetml.sheet.main+xml": formats.XLSX,
    b"presentationml.presentation.main+xml": formats.PPTX,
}
_OPEN_DOCUMENT: Final = {each.media_type.encode(): each for each in (formats.ODT, formats.ODS)}

_MACRO_PARTS: Final = re.compile(r"(^|/)(vbaProject|vbaData|activeX|macrosheets|customUI)|^(Basic|Scripts)/", re.I)
_MACRO_TYPES: Final = re.compile(rb"macroEnabled|vbaProject|ms-excel\.sheet\.binary|activeX", re.I)
_RELATIONSHIP: Final = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.I)
#: What is followed only when somebody clicks.
_HARMLESS_OUTSIDE: Final = re.compile(rb"/relationships/(?:hyperlink|externalLinkPath)[\"']", re.I)
_DEFINITIONS: Final = (b"<!DOCTYPE", b"<!ENTITY", b"<!ELEMENT", b"<!ATTLIST")
#: Links to other programs and scripts of OpenDocument. Words are looked for before patterns: sheets are large.
_ACTIVE: Final = (b"<ddeLink", b"dde-source", b"<script:event-listener", b"vnd.sun.star.script:", b"<office:script>")
_DDE_FIELD: Final = re.compile(rb"instrText[^<>]{0,80}>[^<]{0,40}\bDDE|w:instr=[\"']\s*DDE")
_CFB: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NESTED: Final = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!",
    b"MSCF",
    b"\x28\xb5\x2f\xfd",
)
_WIDE: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_XML_NAMES: Final = (".xml", ".rels", ".vml", ".rdf")
_EMBEDDED_OFFICE: Final = re.compile(r"(^|/)embeddings/[^/]+\.(xlsx|docx|pptx)$", re.I)


def check_office(data: bytes, limits: Limits) -> Format:
    """Which kind of Office file the archive is. Raises Refused when it is none, or holds what has no place in one."""
    budget = [limits.embedded, limits.inflated]
    return _check(data, limits, budget, depth=0)


def _check(data: bytes, limits: Limits, budget: list[int], *, depth: int) -> Format:
    archive = Archive(data, limits)
    budget[1] -= archive.inflated
    if budget[1] < 0:
        raise Refused("bomb")
    found = _kind_of(archive)
    if any(_MACRO_PARTS.search(name) for name in archive.names):
        raise Refused("macros")
    for name, content in archive.contents():
        check_virus(content)
        if _EMBEDDED_OFFICE.search(name):
            _check_embedded(content, limits, budget, depth)
        else:
            _check_part(name, content)
    return found


def _kind_of(archive: Archive) -> Format:
    if "[Content_Types].xml" in archive.names:
        return _kind_of_office(_text(archive.read("[Content_Types].xml")))
    if "mimetype" in archive.names:
        return _kind_of_open_document(archive)
    raise Refused("kind")


def _kind_of_office(types: bytes) -> Format:
    """The kind that the package's list of types names for its main part."""
    if _MACRO_TYPES.search(types):
        raise Refused("macros")
    kinds = [kind for part, kind in _MAIN_PARTS.items() if part in types]
    if len(kinds) != 1:
        raise Refused("mixed" if kinds else "kind")
    return kinds[0]


def _kind_of_open_document(archive: Archive) -> Format:
    """The kind that the first entry, kept unpacked for that end, names."""
    found = _OPEN_DOCUMENT.get(archive.read("mimetype").strip())
    if found is None:
        raise Refused("kind")
    if "META-INF/manifest.xml" not in archive.names or "content.xml" not in archive.names:
        raise Refused("damaged")
    if b"encryption-data" in _text(archive.read("META-INF/manifest.xml")):
        raise Refused("password")
    return found


def _check_embedded(content: bytes, limits: Limits, budget: list[int], depth: int) -> None:
    """The table behind a chart is a file of its own: checked like the whole, but only one floor down."""
    budget[0] -= 1
    if depth or budget[0] < 0:
        raise Refused("bomb")
    _check(content, limits, budget, depth=depth + 1)


def _check_part(name: str, content: bytes) -> None:
    if content.startswith(_CFB) or is_program(content[:4]):
        raise Refused("embedded")
    if name.lower().endswith(_XML_NAMES):
        _check_xml(name, _text(content))
    elif content.startswith(_NESTED) or holds_archive(content):
        raise Refused("embedded")


def _text(content: bytes) -> bytes:
    """XML as bytes of UTF-8, so that one search serves every encoding a reader would follow."""
    for mark, encoding in _WIDE:
        if content.startswith(mark):
            return content.decode(encoding, "replace").encode()
    return content


def _check_xml(name: str, xml: bytes) -> None:
    if any(word in xml for word in _DEFINITIONS):
        raise Refused("xml")
    if name.lower().endswith(".rels"):
        _check_relationships(xml)
    if any(word in xml for word in _ACTIVE) or (b"DDE" in xml and _DDE_FIELD.search(xml)):
        raise Refused("macros")


def _check_relationships(xml: bytes) -> None:
    for relationship in _RELATIONSHIP.findall(xml):
        if b"External" in relationship and not _HARMLESS_OUTSIDE.search(relationship):
            raise Refused("links_out")
