from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guestbook.forms import EntryForm
from guestbook.models import Entry


@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    form = EntryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        entry = form.save()
        messages.success(request, f"Thank you, {entry.name}. Your entry is in the book.")
        return redirect(entry)
    if request.method != "POST":
        request.session["visits"] = request.session.get("visits", 0) + 1
    page = Paginator(Entry.objects.all(), 10).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "visits": request.session.get("visits", 0)}
    return render(request, "guestbook/index.html", context, status=400 if form.errors else 200)


@require_safe
def entry(request, pk):
    return render(request, "guestbook/entry.html", {"entry": get_object_or_404(Entry, pk=pk)})


@require_safe
def attachment(request, pk):
    found = get_object_or_404(Entry, pk=pk)
    if not found.attachment:
        raise Http404("This entry has no attachment.")
    # The type is the visitor's word: only harmless ones are believed. A plain file, unlike a storage's,
    # gives the response a length and lets the server copy it without Python.
    return FileResponse(
        open(found.attachment.path, "rb"),
        as_attachment=not found.has_image,
        filename=found.attachment_name,
        content_type=found.attachment_type if found.has_image else "application/octet-stream",
    )
