"""A mail server that can be told what to say."""

from typing import Any

import pytest

from .builders import MailServer


@pytest.fixture
def mail_server(settings: Any) -> type[MailServer]:
    settings.EMAIL_BACKEND = "tests.newsletter.builders.MailServer"
    MailServer.taken.clear()
    MailServer.says.clear()
    return MailServer
