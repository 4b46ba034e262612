"""`{% load kept %}`: parts of the frame that are written once in each process and language.

    {% kept user.is_staff nav %}…{% endkept %}

What stands inside may depend on the language, on settings, and on the values that the tag names; on nothing else. So no
form stands in one, for forms bear the reader's own token, and nothing of the reader or of the data.
"""

from typing import Final

from django.template import Context, Library, Node, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = Library()

#: Far more than a part has forms; it only keeps a mistaken one from growing without end.
_MANY: Final = 200


class Kept(Node):
    """The part; what was written is kept by the compiled template itself."""

    def __init__(self, nodelist: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.values = values
        self._written: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key = (get_language(), get_script_prefix(), *(repr(value.resolve(context)) for value in self.values))
        written = self._written.get(key)
        if written is None:
            if len(self._written) >= _MANY:
                self._written.clear()
            written = self._written[key] = self.nodelist.render(context)
        return written


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """See the module."""
    values = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(nodelist, values)
