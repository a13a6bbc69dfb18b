"""Addresses of a candidate's applications and tickets."""

from django.urls import path

from .views import applications, booking

application_urls = [
    path("apply/<int:operation_id>/", applications.begin, name="apply_for"),
    path("applications/<int:pk>/", applications.show, name="application"),
    path("applications/<int:pk>/details/", applications.details, name="application_details"),
    path("applications/<int:pk>/documents/", applications.papers, name="application_documents"),
    path("applications/<int:pk>/documents/<int:document_id>/", applications.paper, name="application_document"),
    path("applications/<int:pk>/documents/<int:document_id>/remove/", applications.remove, name="remove_document"),
    path("applications/<int:pk>/health/", applications.health, name="application_health"),
    path("applications/<int:pk>/submit/", applications.submit, name="submit_application"),
    path("applications/<int:pk>/withdraw/", applications.withdraw, name="withdraw_application"),
    path("applications/<int:pk>/book/", booking.book, name="book"),
    path("applications/<int:pk>/give-back/", booking.give_back, name="give_back"),
    path("tickets/<str:ticket>/", booking.ticket, name="ticket"),
    path("tickets/<str:ticket>/pdf/", booking.ticket_pdf, name="ticket_pdf"),
    path("tickets/<str:ticket>/png/", booking.ticket_png, name="ticket_png"),
]
