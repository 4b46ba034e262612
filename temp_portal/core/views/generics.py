"""Django's generic views with a type parameter: the type checker knows one, the classes at run time do not take it."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import Model
from django.views import generic
from django.views.generic.detail import SingleObjectMixin as DjangoSingleObjectMixin

M = TypeVar("M", bound=Model)

if TYPE_CHECKING:
    SingleObjectMixin = DjangoSingleObjectMixin
    DetailView = generic.DetailView
    FormView = generic.FormView[Any]
else:

    class SingleObjectMixin(DjangoSingleObjectMixin, Generic[M]):
        """The row of a page, typed."""

    class DetailView(generic.DetailView, Generic[M]):
        """The page of a row, typed."""

    FormView = generic.FormView
