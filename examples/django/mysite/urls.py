from django.contrib import admin
from django.urls import include, path

admin.site.site_header = "Guest book administration"
admin.site.site_title = "Guest book"
admin.site.index_title = "What visitors left here"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("guestbook.urls")),
]
