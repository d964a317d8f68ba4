"""Keys, the sites that use them, what they asked, and what they taught."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from broadsheet.learning.models import Decision, LoggedJudgement


class Key(models.Model):
    """What a site shows to be let in. The key itself is shown once, when it is made."""

    name = models.CharField(_("Name"), max_length=100, help_text=_("Who uses it: “The old blog”."))
    digest = models.CharField(max_length=64, unique=True, editable=False)  # keys.digest
    beginning = models.CharField(max_length=3, editable=False)  # to tell keys apart in lists
    created_at = models.DateTimeField(editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    # After a rotation the former key is good for a while, so that sites can be changed one by one.
    former_digest = models.CharField(max_length=64, blank=True, editable=False)
    former_until = models.DateTimeField(null=True, editable=False)
    monthly_limit = models.PositiveIntegerField(
        _("Checks a month"),
        null=True,
        blank=True,
        help_text=_("Empty: no limit. Beyond it, sites hold what they get and ask again later."),
    )
    listed_sites_only = models.BooleanField(
        _("Only for the sites listed here"),
        default=False,
        help_text=_("Otherwise a site is added when it first uses the key."),
    )
    teaches_everyone = models.BooleanField(
        _("Its reports teach the shared filter, too"),
        default=False,
        help_text=_("Only for sites whose moderators you trust like your own."),
    )
    may_call_private_networks = models.BooleanField(
        _("Callbacks may go to private networks"),
        default=False,
        help_text=_("For sites in your own network."),
    )
    keep_days = models.PositiveSmallIntegerField(
        _("Days that checks are kept"),
        default=15,
        help_text=_("So that reports find what they are about, and you can look up why."),
    )
    used_month = models.CharField(max_length=7, blank=True, editable=False)  # 2026-03
    used = models.PositiveIntegerField(default=0, editable=False)  # checks in used_month

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def used_in(self, month: str) -> int:
        """Checks in `month` (YYYY-MM), if that is the month counted."""
        return self.used if self.used_month == month else 0


class SiteState(models.TextChoices):
    ACTIVE = "ACTIVE", _("Active")
    DEACTIVATED = "DEACTIVATED", _("Deactivated by the site")
    REVOKED = "REVOKED", _("Shut out")


class Site(models.Model):
    """A site that uses a key."""

    key = models.ForeignKey(Key, on_delete=models.CASCADE, related_name="sites")
    address = models.CharField(_("Address"), max_length=255)  # wire.site_of: "example.org/blog"
    state = models.CharField(
        _("State"), max_length=11, choices=SiteState.choices, default=SiteState.ACTIVE
    )
    first_seen_at = models.DateTimeField()

    class Meta:
        ordering = ["address"]
        constraints = [
            models.UniqueConstraint(fields=["key", "address"], name="akismet_site_of_key")
        ]

    def __str__(self) -> str:
        return self.address


class SiteDay(models.Model):
    """One site's figures of one day (UTC). They stay when the checks themselves are forgotten."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    calls = models.PositiveIntegerField(default=0)  # checks and reports
    spam = models.PositiveIntegerField(default=0)
    ham = models.PositiveIntegerField(default=0)
    missed_spam = models.IntegerField(default=0)
    false_positives = models.IntegerField(default=0)
    microseconds = models.BigIntegerField(default=0)  # of all its checks
    slowest = models.PositiveIntegerField(default=0)  # microseconds

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "day"], name="akismet_day_of_site")]

    def __str__(self) -> str:
        return f"{self.day}: {self.spam} spam, {self.ham} ham"


class Check(models.Model):
    """One submission that a site asked about, or reported, and what became of it."""

    key = models.ForeignKey(Key, on_delete=models.CASCADE, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    guid = models.CharField(max_length=32, unique=True)
    fingerprint = models.CharField(max_length=32)  # of the content: lessons.fingerprint
    checked_at = models.DateTimeField()
    comment_type = models.CharField(max_length=40, blank=True)
    submission = models.JSONField()  # a spam.Submission's fields, as far as they are set
    spam_probability = models.FloatField()  # 0.0 to 1.0, the key's own lessons included
    answered_spam = models.BooleanField(null=True)  # null: reported without having been asked about
    blatant = models.BooleanField(default=False)
    clues = models.JSONField(default=list)
    microseconds = models.PositiveIntegerField(default=0)
    callback = models.CharField(max_length=500, blank=True)
    decision = models.CharField(max_length=4, choices=Decision.choices, default=Decision.NONE)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reporter = models.CharField(max_length=100, blank=True)  # as the site named them
    step = models.FloatField(default=0.0)  # how far the key's own lessons were moved by it
    shared = models.ForeignKey(
        LoggedJudgement, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["key", "fingerprint"], name="akismet_check_content"),
            models.Index(fields=["key", "-checked_at"], name="akismet_check_newest"),
            models.Index(fields=["checked_at"], name="akismet_check_time"),
        ]

    def __str__(self) -> str:
        return f"{self.guid}: {self.spam_probability:.2f}"

    @property
    def now_spam(self) -> bool | None:
        """What it is taken for: a person's decision, or else the answer that was given."""
        if self.decision == Decision.NONE:
            return self.answered_spam
        return bool(self.decision == Decision.SPAM)


class KeyLessons(models.Model):
    """What a key was taught: an own.OwnLessons, packed. `version` grows with every lesson."""

    key = models.OneToOneField(Key, on_delete=models.CASCADE, related_name="lessons")
    version = models.PositiveIntegerField(default=0)
    weights = models.BinaryField(default=bytes)

    def __str__(self) -> str:
        return f"{self.key_id}, version {self.version}"


class JournalPosition(models.Model):
    """How much of a journal file is in the database; written in the same transaction as what it held."""

    file = models.CharField(max_length=100, unique=True)
    offset = models.BigIntegerField(default=0)  # bytes

    def __str__(self) -> str:
        return f"{self.file}: {self.offset}"


class CallbackOrder(models.Model):
    """A site is to be told that a verdict changed."""

    check_made = models.OneToOneField(Check, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.check_made_id}, due {self.due_at:%Y-%m-%d %H:%M}"
