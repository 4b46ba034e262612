"""The portal's addresses, and those of the peers."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from temp_portal.urls import urlpatterns as portal
from tests.benchmarks.peers.api import SeatViewSet, constant
from tests.benchmarks.peers.site import SITE

router = SimpleRouter()
router.register("bench/api/seats", SeatViewSet, basename="bench-seat")

urlpatterns = [
    *portal,
    path("bench/admin/", SITE.urls),
    path("bench/constant/", constant),
    *router.urls,
]
