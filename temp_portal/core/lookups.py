"""`field__any=ArraySubquery(…)`: compares with an array evaluated once.

PostgreSQL hashes or re-plans `IN (SELECT …)` per row; the array form lets it walk the index (design: who may do what).
"""

from typing import TYPE_CHECKING, Any

from django.db.models import Field, ForeignKey, Lookup
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    BaseLookup = Lookup[Any]
else:
    BaseLookup = Lookup


class AnyOf(BaseLookup):
    lookup_name = "any"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, lhs_params = self.process_lhs(compiler, connection)
        rhs, rhs_params = self.process_rhs(compiler, connection)
        return f"{lhs} = ANY({rhs})", (*lhs_params, *rhs_params)


def register() -> None:
    """Make the lookup known to plain columns and foreign keys."""
    Field.register_lookup(AnyOf)
    ForeignKey.register_lookup(AnyOf)
