"""The demonstration's data in a test's database."""

from django.db import connection

from temp_portal.core import demo


def load_demonstration() -> None:
    """Load it and count its rows: what others rolled back leaves tables counted as empty, and plans as if they were."""
    demo.load()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
