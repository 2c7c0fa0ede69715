import hashlib

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from guestbook.models import Entry


class EntryForm(forms.ModelForm):
    class Meta:
        model = Entry
        fields = ["name", "message", "attachment"]
        widgets = {"message": forms.Textarea(attrs={"rows": 4, "data-counted": ""})}

    def clean_attachment(self):
        upload = self.cleaned_data["attachment"]
        limit = settings.GUESTBOOK_MAX_ATTACHMENT_BYTES
        if upload and upload.size > limit:
            raise forms.ValidationError(
                f"The file has {filesizeformat(upload.size)}; at most {filesizeformat(limit)} are taken."
            )
        return upload

    def save(self, commit=True):
        upload = self.cleaned_data.get("attachment")
        if upload:
            self.instance.attachment_name = upload.name
            self.instance.attachment_type = (upload.content_type or "")[:100]
            self.instance.attachment_size = upload.size
            self.instance.attachment_sha256 = sha256_of(upload)
        return super().save(commit)


def sha256_of(upload):
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()
