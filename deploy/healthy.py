"""Exit code 0 when the web server of this container is ready; uses the standard library alone."""

import os
import sys
from http.client import HTTPConnection

connection = HTTPConnection("127.0.0.1", int(os.environ.get("GRANIAN_PORT", "8000")), timeout=5)
connection.request("GET", "/health/ready", headers={"Host": os.environ["ALLOWED_HOSTS"].split(",")[0]})
sys.exit(connection.getresponse().status != 200)
