from django.utils.translation import gettext_lazy as _

from temp_portal.audit.holdings import Trace, trace
from temp_portal.audit.wiping import counter, wiper
from temp_portal.imports.models import TableImport

READ = ("sample", "changes")
trace(Trace(_("rows of imported tables"), counter(TableImport, *READ), wiper(TableImport, *READ)))
