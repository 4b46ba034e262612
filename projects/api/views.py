from django.db.models import Prefetch, QuerySet
from rest_framework import viewsets

from projects.api.serializers import ProjectSerializer
from projects.filters import ProjectFilter
from projects.models import MoneyEvent, Project, Sponsorship
from temp_portal.core.search import matches


class ProjectViewSet(viewsets.ReadOnlyModelViewSet[Project]):
    """Projects with host countries, participants and the money events in force, in their own currencies.

    Amounts come only for those who may read them.
    """

    serializer_class = ProjectSerializer
    filterset_class = ProjectFilter
    lookup_field = "code"
    lookup_value_converter = "str"
    queryset = Project.objects.none()

    def get_queryset(self) -> QuerySet[Project]:
        user = self.request.user
        money = MoneyEvent.objects.filter(project__in=Project.objects.money_visible_to(user))
        visible = Project.objects.visible_to(user).prefetch_related(
            "countries",
            "sites",
            "participants",
            Prefetch("sponsorships", Sponsorship.objects.select_related("committee")),
            Prefetch("money_events", money.in_force(), to_attr="money_in_force"),
        )
        return visible.filter(matches("search_key", self.request.query_params.get("q", "")))
