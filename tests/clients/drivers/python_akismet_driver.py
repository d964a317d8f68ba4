"""PyPI `python-akismet`, by its class attributes: `<base> <key> <blog>`."""

import sys
from urllib.parse import urlsplit

from here import answer

from akismet import Akismet, SpamStatus

base, key, blog = sys.argv[1:]
Akismet.protocol = urlsplit(base).scheme
Akismet.domain = f"spam.example:{urlsplit(base).port}"
client = Akismet(key, blog=blog, application_user_agent="Test/1.0")
WORDS = {SpamStatus.Ham: "ham", SpamStatus.ProbableSpam: "spam", SpamStatus.DefiniteSpam: "discard"}

answer(
    {
        "check": lambda text, author="Nadia": WORDS.get(
            client.check("192.0.2.7", "Firefox", comment_content=text, comment_author=author),
            "unknown",
        ),
        "spam": lambda text: client.submit_spam("192.0.2.7", "Firefox", comment_content=text),
        "ham": lambda text: client.submit_ham("192.0.2.7", "Firefox", comment_content=text),
    }
)
