"""Why a file cannot be taken as a table. Every message says what is wrong and what to do about it."""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class TableError(Exception):
    """Base: the file, or one of its rows, cannot be used. `str()` is the message in the active language."""

    template: ClassVar[str | Promise] = ""

    def __init__(self, **details: Any) -> None:
        super().__init__(details)
        self.details = details

    def __str__(self) -> str:
        return str(self.template) % self.details


class EmptyFile(TableError):
    template = _("The file is empty. Choose the file with the data and try again.")


class FileTooLarge(TableError):
    template = _("The file has %(size)s MB; at most %(limit)s MB can be read. Split it into smaller files.")


class NotATable(TableError):
    template = _("The file is not a table but looks like %(found)s. Save the table as XLSX, ODS or CSV UTF-8.")


class UnknownEncoding(TableError):
    template = _(
        "The characters of the file cannot be read: line %(line)s is neither UTF-8, UTF-16 nor GB18030. "
        "Save the table as “CSV UTF-8” or as XLSX."
    )


class DamagedFile(TableError):
    template = _("The file is damaged and cannot be opened. Open it in a spreadsheet program and save it anew.")


class SheetTooLarge(TableError):
    template = _(
        "The sheet needs more memory or time than is allowed. Delete the empty rows and columns outside the table, "
        "or save the table as CSV UTF-8."
    )


class PasswordProtected(TableError):
    template = _("The file is protected by a password. Save a copy without one.")


class UnsafeArchive(TableError):
    template = _(
        "The file unpacks to far more than a table needs and was not opened: it may be harmful. "
        "Save the table as CSV UTF-8, or remove pictures and unused sheets."
    )


class NoSuchSheet(TableError):
    template = _("The workbook has no sheet “%(sheet)s”. It has: %(sheets)s.")


class NoHeader(TableError):
    template = _(
        "No row with column names was found in the first %(rows)s rows. Put the names of the columns above the data."
    )


class HeaderOnly(TableError):
    template = _("The table has column names but no row under them. Add the data and try again.")


class DuplicateHeaders(TableError):
    template = _("More than one column is called %(names)s. Give every column a name of its own.")


class TooManyRows(TableError):
    template = _("The table has more than %(limit)s rows. Split it into smaller files.")


class TooManyColumns(TableError):
    template = _("The table has more than %(limit)s columns. Remove those that are not needed.")


class OverlongCell(TableError):
    template = _(
        "A value near row %(row)s is longer than %(limit)s characters. "
        "Perhaps a quotation mark is missing there: correct it and try again."
    )


class NulCharacter(TableError):
    template = _("The row holds an unreadable (NUL) character. Remove it, or save the file anew as CSV UTF-8.")


class RaggedRow(TableError):
    template = _(
        "The row has %(cells)s values, the table has %(columns)s columns. "
        "Put quotation marks around values that hold the separator."
    )


class BadMapping(TableError):
    template = _("The mapping cannot be used: %(reason)s")


class UnknownMapping(TableError):
    template = _(
        "The columns of the file were not recognised. Columns are needed for: %(missing)s. "
        "Rename the columns, or say with a mapping which column holds what."
    )
