"""The routes of the chat and of the staff desk; part of ``tests.access_matrix``.

A conversation that nobody was logged in for belongs to whoever holds its id; a user's is only theirs.
"""

from tests.access_groups import KNOWLEDGE, PUBLIC, viewset

ADMIN = {
    "admin/desk/": KNOWLEDGE,
    "admin/desk/<uuid:pk>/": KNOWLEDGE,
    **viewset("quick_questions", see=KNOWLEDGE, add=KNOWLEDGE, change=KNOWLEDGE, delete=KNOWLEDGE, copy=False),
}
PAGES = {
    "chat/": PUBLIC,
    "chat/person/": PUBLIC,
    "chat/embed/": PUBLIC,
    "chat/widget.js": PUBLIC,
    "chat/conversations/<uuid:pk>/": PUBLIC,
}
POSTED = {
    **{f"admin/desk/<uuid:pk>/{act}/": KNOWLEDGE for act in ("reply", "contact", "draft", "acts/<str:name>")},
    "chat/conversations/<uuid:pk>/judge/": PUBLIC,
    "chat/conversations/<uuid:pk>/forget/": PUBLIC,
    "chat/tickets/<uuid:pk>/say/": PUBLIC,
}
OTHERS = {
    f"api/v1/chat/{path}": PUBLIC
    for path in (
        "ask",
        "answers/<uuidstr:key>/judgement",
        "conversations/<uuidstr:pk>",
        "tickets",
        "tickets/<uuidstr:pk>",
        "tickets/<uuidstr:pk>/messages",
    )
}
SOCKETS = {
    "ws/chat/": PUBLIC,
    "ws/chat/tickets/<uuid:ticket_id>/": PUBLIC,
    "ws/desk/": KNOWLEDGE,
    "ws/desk/<uuid:ticket_id>/": KNOWLEDGE,
}
