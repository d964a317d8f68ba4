"""What a newspaper is made of. Each kind has its module; Django finds them here."""

from .announcements import Announcement
from .articles import ArticlePage, ArticleTag, Byline, Correction
from .contributions import Contribution, ContributionLetter, ContributionMessage
from .contributors import ContributorIndexPage, ContributorPage
from .discussed import Discussed
from .drafts import DraftLink
from .elsewhere import LinkElsewhere
from .fronts import FrontPage, FrontSlot, SectionPage, SectionPin, StandardPage
from .photos import Photo, PhotoRendition
from .relatives import ArticleWords, Relative
from .series import SeriesPage
from .settings import Newspaper
from .versions import PublishedVersion

__all__ = [
    "Announcement",
    "ArticlePage",
    "ArticleTag",
    "ArticleWords",
    "Byline",
    "Contribution",
    "ContributionLetter",
    "ContributionMessage",
    "ContributorIndexPage",
    "ContributorPage",
    "Correction",
    "Discussed",
    "DraftLink",
    "FrontPage",
    "FrontSlot",
    "LinkElsewhere",
    "Newspaper",
    "Photo",
    "PhotoRendition",
    "PublishedVersion",
    "Relative",
    "SectionPage",
    "SectionPin",
    "SeriesPage",
    "StandardPage",
]
