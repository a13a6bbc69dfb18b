"""The public JSON API; its OpenAPI description is at /api/v1/docs."""

from ninja import NinjaAPI

from chatbot.api import router as chat
from clients.problems import answer_problems
from exams.api.candidate import router as candidate
from exams.api.platform import router as platform

api = NinjaAPI(
    title="学会应急",
    version="1",
    docs_url="/docs",
    description="公众问答、考生本人事务，以及与上级平台的数据交换。密钥与签名的用法见 docs/api.md。",
)
answer_problems(api)
api.add_router("/chat", chat)
api.add_router("/exams/me", candidate)
api.add_router("/platform", platform)
