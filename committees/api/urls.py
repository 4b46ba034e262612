from rest_framework.routers import SimpleRouter

from committees.api.views import ApplicationViewSet, CommitteeViewSet, SeatViewSet

router = SimpleRouter(use_regex_path=False)
router.register("committees", CommitteeViewSet, basename="committee")
router.register("seats", SeatViewSet, basename="seat")
router.register("applications", ApplicationViewSet, basename="application")

urlpatterns = router.urls
