from django.db import models
from django.urls import reverse

# Shown in the page; everything else is only offered for download. SVG is not among them: it can
# carry scripts.
IMAGE_TYPES = {"image/png", "image/jpeg", "image/gif", "image/webp"}


class Entry(models.Model):
    name = models.CharField("your name", max_length=80)
    message = models.TextField(max_length=2000)
    attachment = models.FileField(upload_to="%Y/%m", blank=True)
    # As the visitor's browser called it; the stored file's name may differ.
    attachment_name = models.CharField(max_length=255, blank=True, editable=False)
    attachment_type = models.CharField(max_length=100, blank=True, editable=False)
    attachment_size = models.PositiveBigIntegerField("size in bytes", default=0, editable=False)
    attachment_sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name_plural = "entries"

    def __str__(self):
        return f"{self.name}, {self.created:%Y-%m-%d %H:%M}"

    def get_absolute_url(self):
        return reverse("guestbook:entry", args=[self.pk])

    @property
    def has_image(self):
        return bool(self.attachment) and self.attachment_type in IMAGE_TYPES
