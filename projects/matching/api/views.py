from django.db.models import QuerySet
from rest_framework import viewsets
from rest_framework.permissions import IsAuthenticated

from projects.matching.api.serializers import CapabilitySerializer, DemandSerializer
from projects.matching.filters import CapabilityFilter, DemandFilter
from projects.matching.models import Capability, Demand
from temp_portal.core.search import matches


class DemandViewSet(viewsets.ReadOnlyModelViewSet[Demand]):
    """Demands that are published, and one's own."""

    serializer_class = DemandSerializer
    filterset_class = DemandFilter
    permission_classes = [IsAuthenticated]
    lookup_value_converter = "int"
    queryset = Demand.objects.none()

    def get_queryset(self) -> QuerySet[Demand]:
        user = self.request.user
        visible: QuerySet[Demand] = Demand.objects.visible_to(user).with_price_for(user)
        return visible.filter(matches("search_key", self.request.query_params.get("q", "")))


class CapabilityViewSet(viewsets.ReadOnlyModelViewSet[Capability]):
    """Capabilities that are published, and one's own."""

    serializer_class = CapabilitySerializer
    filterset_class = CapabilityFilter
    permission_classes = [IsAuthenticated]
    lookup_value_converter = "int"
    queryset = Capability.objects.none()

    def get_queryset(self) -> QuerySet[Capability]:
        visible: QuerySet[Capability] = Capability.objects.visible_to(self.request.user)
        return visible.filter(matches("search_key", self.request.query_params.get("q", "")))
