from django.db.models import QuerySet
from rest_framework import viewsets

from members.api.serializers import OrganisationSerializer
from members.filters import OrganisationFilter
from members.models import Organisation
from temp_portal.core.search import matches


class OrganisationViewSet(viewsets.ReadOnlyModelViewSet[Organisation]):
    """The register of organisations. `?q=` finds a name in any script; filters as on the page.

    A record that was merged is in no list; asked for by its id, it names the one that remains in `merged_into`.
    """

    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilter
    lookup_value_converter = "int"
    queryset = Organisation.objects.none()

    def get_queryset(self) -> QuerySet[Organisation]:
        visible = Organisation.objects.visible_to(self.request.user).with_ownership().prefetch_related("identifiers")
        if self.action == "list":
            visible = visible.unmerged()
        return visible.filter(matches("search_key", self.request.query_params.get("q", "")))
