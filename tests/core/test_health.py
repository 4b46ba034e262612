"""Programs ask whether the portal is alive and can work. Over HTTP, since the view is asynchronous."""

from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("question", ["live", "ready"])
def test_a_healthy_portal_says_so_to_anybody(live_server, question):
    with urlopen(f"{live_server.url}/health/{question}") as answer:
        assert answer.status == 200
