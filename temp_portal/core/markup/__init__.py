"""Small pieces of HTML as plain functions returning SafeString: called by list cells, templates tags and e-mails alike.

Functions instead of templates because a list page calls them a thousand times.
"""

from temp_portal.core.markup.figures import (
    date_text,
    delta,
    moment_text,
    money,
    number,
    percent,
    percent_delta,
    time_tag,
)
from temp_portal.core.markup.icons import icon
from temp_portal.core.markup.names import SUFFIXES, name_of_texts, name_tag, native_name, two_lines
from temp_portal.core.markup.ownership import OwnershipGroup, own_bar, own_mark, own_shape
from temp_portal.core.markup.status import status_tag

__all__ = [
    "SUFFIXES",
    "OwnershipGroup",
    "date_text",
    "delta",
    "icon",
    "moment_text",
    "money",
    "name_of_texts",
    "name_tag",
    "native_name",
    "number",
    "own_bar",
    "own_mark",
    "own_shape",
    "percent",
    "percent_delta",
    "status_tag",
    "time_tag",
    "two_lines",
]
