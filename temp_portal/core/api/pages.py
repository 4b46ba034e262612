from rest_framework import pagination


class CursorPagination(pagination.CursorPagination):
    """Pages by key, newest first; `?limit=` up to 500."""

    ordering = "-id"
    page_size_query_param = "limit"
    max_page_size = 500
