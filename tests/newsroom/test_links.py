"""Where a link at the foot of the pages may lead."""

import pytest
from django.core.exceptions import ValidationError

from broadsheet.newsroom.links import leads_somewhere


@pytest.mark.parametrize("address", ["https://jobs.example/", "http://jobs.example", "/about/"])
def test_to_the_web_or_within_the_site(address: str) -> None:
    leads_somewhere(address)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//evil.example", "/\\evil.example", "about", "data:,x"]
)
def test_nowhere_else(address: str) -> None:
    with pytest.raises(ValidationError):
        leads_somewhere(address)
