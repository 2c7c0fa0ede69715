from django.urls import path

from guestbook import views

app_name = "guestbook"
urlpatterns = [
    path("", views.index, name="index"),
    path("entries/<int:pk>/", views.entry, name="entry"),
    path("entries/<int:pk>/attachment", views.attachment, name="attachment"),
]
