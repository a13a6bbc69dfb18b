"""The addresses of the chat's pages."""

from django.urls import path

from .views import asking, embedding, own

app_name = "chatbot"
urlpatterns = [
    path("", asking.page, name="page"),
    path("person/", own.person, name="person"),
    path("conversations/<uuid:pk>/", own.conversation, name="conversation"),
    path("conversations/<uuid:pk>/judge/", own.judge, name="judge"),
    path("conversations/<uuid:pk>/forget/", own.forget, name="forget"),
    path("tickets/<uuid:pk>/say/", own.say, name="say"),
    path("embed/", embedding.embed, name="embed"),
    path("widget.js", embedding.script, name="widget"),
]
