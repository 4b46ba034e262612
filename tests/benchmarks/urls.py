from temp_portal.urls import urlpatterns

__all__ = ["urlpatterns"]
