from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html

from guestbook.models import Entry


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    list_display = ["name", "excerpt", "size", "created"]
    list_filter = ["created"]
    search_fields = ["name", "message", "attachment_name"]
    date_hierarchy = "created"
    readonly_fields = ["attachment_name", "attachment_size", "checksum", "created"]

    class Media:
        css = {"all": ["guestbook/admin.css"]}

    @admin.display(description="Message")
    def excerpt(self, entry):
        return entry.message[:60] + ("…" if len(entry.message) > 60 else "")

    @admin.display(description="Attachment", ordering="attachment_size")
    def size(self, entry):
        return filesizeformat(entry.attachment_size) if entry.attachment else None

    @admin.display(description="SHA-256")
    def checksum(self, entry):
        if not entry.attachment_sha256:
            return None
        return format_html('<code class="checksum">{}</code>', entry.attachment_sha256)
