"""The action server of the benchmark: one action, which says the intent of the message."""

import json
import sys
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


async def answer(request: Request) -> Response:
    """What both engines' action says."""
    call: dict[str, Any] = await request.json()
    text = f"heard {call['tracker']['latest_message']['intent']['name']}"
    body = json.dumps({"events": [], "responses": [{"text": text}]})
    return Response(body, media_type="application/json")


if __name__ == "__main__":
    app = Starlette(routes=[Route("/webhook", answer, methods=["POST"])])
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", ws="none")
