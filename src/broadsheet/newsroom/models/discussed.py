"""The articles that readers discuss most these days, as they were when last counted."""

from typing import ClassVar

from django.db import models


class Discussed(models.Model):
    """One of them. Rows are replaced when the order changes: see newsroom.discussed."""

    article = models.OneToOneField(
        "newsroom.ArticlePage", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    place = models.PositiveSmallIntegerField()  # 1: the most

    class Meta:
        ordering: ClassVar = ["place"]

    def __str__(self) -> str:
        return f"{self.place}: {self.article_id}"
