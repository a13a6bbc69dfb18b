"""The public JSON API; its OpenAPI description is at /api/v1/docs."""

from ninja import NinjaAPI

from chatbot.api import router as chat

api = NinjaAPI(title="学会应急", version="1", docs_url="/docs")
api.add_router("/chat", chat)
