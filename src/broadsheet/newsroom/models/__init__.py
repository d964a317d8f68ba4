"""What a newspaper is made of. Each kind has its module; Django finds them here."""

from .articles import ArticlePage, ArticleTag, Byline, Correction
from .contributions import Contribution, ContributionLetter, ContributionMessage
from .contributors import ContributorIndexPage, ContributorPage
from .drafts import DraftLink
from .fronts import FrontPage, SectionPage, StandardPage
from .photos import Photo, PhotoRendition
from .settings import Newspaper
from .versions import PublishedVersion

__all__ = [
    "ArticlePage",
    "ArticleTag",
    "Byline",
    "Contribution",
    "ContributionLetter",
    "ContributionMessage",
    "ContributorIndexPage",
    "ContributorPage",
    "Correction",
    "DraftLink",
    "FrontPage",
    "Newspaper",
    "Photo",
    "PhotoRendition",
    "PublishedVersion",
    "SectionPage",
    "StandardPage",
]
