from rest_framework.routers import SimpleRouter

from temp_portal.documents.api.views import DocumentViewSet

router = SimpleRouter(use_regex_path=False)
router.register("documents", DocumentViewSet, basename="document")

urlpatterns = router.urls
