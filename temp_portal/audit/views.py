"""Form pages that change a state: whoever comes second reads who was first, and nothing that was typed is lost."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse

from temp_portal.audit.workflow import StateConflict
from temp_portal.core.forms import add_errors

if TYPE_CHECKING:
    from temp_portal.core.views import FormView

    _Base = FormView
else:
    _Base = object


class MoveFormMixin(_Base):
    """Write `act`: call the workflow with the clean form and respond, usually by `done`.

    What the workflow refuses becomes an error of the form; a StateConflict becomes 409, the form read-only in effect:
    its fields stand as they were typed and its button is gone.
    """

    def act(self, form: Any) -> HttpResponse:
        """Do what the page is for. May raise ValidationError or StateConflict."""
        raise NotImplementedError(f"{type(self).__name__} needs act()")

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return self.act(form)
        except StateConflict as conflict:
            return self.conflicted(form, conflict)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)

    def conflict_message(self, conflict: StateConflict) -> str:
        """What the person who came second reads; override where names are not for everybody."""
        return conflict.message()

    def conflicted(self, form: Any, conflict: StateConflict) -> HttpResponse:
        """The same page with what was typed and what happened meanwhile."""
        context = self.get_context_data(form=form, conflict=self.conflict_message(conflict), has_errors=True)
        return self.render_to_response(context, status=HTTPStatus.CONFLICT)
