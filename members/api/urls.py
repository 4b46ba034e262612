from rest_framework.routers import SimpleRouter

from members.api.views import OrganisationViewSet

router = SimpleRouter(use_regex_path=False)
router.register("organisations", OrganisationViewSet, basename="organisation")

urlpatterns = router.urls
