from rest_framework.routers import SimpleRouter

from projects.matching.api.views import CapabilityViewSet, DemandViewSet

router = SimpleRouter(use_regex_path=False)
router.register("demands", DemandViewSet, basename="demand")
router.register("capabilities", CapabilityViewSet, basename="capability")

urlpatterns = router.urls
