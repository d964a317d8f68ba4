"""What an article is related to: the words that tell what it is about, and others that have the same."""

from typing import ClassVar

from django.db import models


class ArticleWords(models.Model):
    """The telling words of an article as it was published last: see newsroom.likeness."""

    article = models.OneToOneField(
        "newsroom.ArticlePage", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    words = models.TextField()  # with spaces between them

    def __str__(self) -> str:
        return f"{self.article_id}: {self.words[:60]}"


class Relative(models.Model):
    """One article that is named at the end of another."""

    article = models.ForeignKey(
        "newsroom.ArticlePage", on_delete=models.CASCADE, related_name="relatives"
    )
    # Kept when the other is deleted, for whoever prints: the page that named it has to be printed again.
    other = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="relative_of",
    )
    place = models.PositiveSmallIntegerField()  # 1: the nearest

    class Meta:
        ordering: ClassVar = ["place"]

    def __str__(self) -> str:
        return f"{self.article_id} → {self.other_id}"
