"""The database backend of `settings.test`: Django's own but for how tables are emptied."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.postgresql import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(
        self, style: Any, tables: Sequence[str], *, reset_sequences: bool = False, allow_cascade: bool = False
    ) -> list[str]:
        """Delete the rows of those tables that have any.

        A test fills a few of two hundred tables. TRUNCATE makes new files for all of them and all their indexes.
        """
        if reset_sequences or not tables:
            return super().sql_flush(style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade)
        full = [self.quote_name(table) for table in self._with_rows(tables)]
        # Rows of facts refuse their deletion, rows referred to likewise: a replica asks neither triggers nor keys.
        return ["SET LOCAL session_replication_role = replica", *(f"DELETE FROM {table}" for table in full)]  # noqa: S608

    def _with_rows(self, tables: Sequence[str]) -> list[str]:
        questions = [f"SELECT '{table}' WHERE EXISTS (SELECT FROM {self.quote_name(table)})" for table in tables]  # noqa: S608
        with self.connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(questions))
            return [name for (name,) in cursor.fetchall()]


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
