"""What the newsletter keeps. Django finds the models here."""

from .editions import Delivery, Edition, EditionArticle
from .settings import NewsletterSettings
from .subscribers import Confirmation, Subscriber

__all__ = [
    "Confirmation",
    "Delivery",
    "Edition",
    "EditionArticle",
    "NewsletterSettings",
    "Subscriber",
]
