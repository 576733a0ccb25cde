"""Translation by a service: of messages for the operator, of the operator's words for the migrant; never in the way."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import read_form, require_operator, text_of
from console.handed_over import Reader, handed_over, message_at
from console.languages import variant_of_request
from console.office import Office
from console.pages import Pages
from console.suggested import Pair
from console.translator import TranslationError, Translator
from conversations.transcript import Message
from conversations.translations import Translation, Translations

MACHINE = "machine"
FAILED = 502
NOT_TOLD = 409


class TranslationDesk:
    """Routes of everything that is translated. Without a translator only what was kept before is shown."""

    def __init__(self, office: Office, pages: Pages, translator: Translator | None) -> None:
        self._office = office
        self._pages = pages
        self._translator = translator
        self._translations = Translations(office.database)

    def routes(self) -> list[BaseRoute]:
        """What is kept, one message, one answer, the switch, the consent."""
        at = "/conversations/{id}"
        return [
            Route(f"{at}/translations", self.kept, methods=["GET"]),
            Route(f"{at}/translations", self.message, methods=["POST"]),
            Route(f"{at}/translated_answer", self.answer, methods=["POST"]),
            Route(f"{at}/translate_all", self.switch, methods=["POST"]),
            Route("/translation_consent", self.consent, methods=["POST"]),
        ]

    async def kept(self, request: Request) -> Response:
        """The translations that are kept with the messages, and how it stands with the service."""
        reader = await self._reader(request)
        shown = await run_in_threadpool(self._translations.of, reader.conversation.id, reader.variant)
        rows = {str(each.cursor): self._part(request, reader, each) for each in shown}
        return JSONResponse({"shown": rows, **await run_in_threadpool(self._standing, reader)})

    async def message(self, request: Request) -> Response:
        """Translate one message into the operator's language and keep that with it; what is kept is not asked again."""
        reader = await self._reader(request)
        form = await read_form(request)
        cursor = text_of(form, "cursor")
        number = int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 16 else 0
        message = await run_in_threadpool(message_at, self._office, reader.conversation.id, number)
        source = message.variant or reader.migrant_variant
        if message.sender == "operator" or source == reader.variant or not message.text.strip():
            return JSONResponse({"shown": ""})
        translator = await self._may_ask(reader)
        if translator is None:
            return self._not_told(reader)
        try:
            text = await translator.translate(message.text, source, reader.variant)
        except TranslationError as error:
            return self._failure(request, error)
        kept = await run_in_threadpool(self._keep, message, text, reader, translator)
        return JSONResponse({"shown": self._part(request, reader, kept)})

    async def answer(self, request: Request) -> Response:
        """The operator's own words in the migrant's language, as a pair to be put into the answer; nothing is kept."""
        reader = await self._reader(request)
        text = text_of(await read_form(request), "text").replace("\r\n", "\n").strip()
        if not text:
            return JSONResponse({"shown": ""})
        translator = await self._may_ask(reader)
        if translator is None:
            return self._not_told(reader)
        try:
            translated = await translator.translate(text, reader.variant, reader.migrant_variant)
        except TranslationError as error:
            return self._failure(request, error)
        sentence = self._office.texts.text("machine_translated", reader.migrant_variant)
        pair = Pair(MACHINE, "", text, f"{translated}\n\n{sentence}", MACHINE)
        shown = self._pages.part(request, "_translated_answer.html", reader=reader, pair=pair)
        return JSONResponse({"shown": shown})

    async def switch(self, request: Request) -> Response:
        """Remember for this conversation whether all of it is to be translated."""
        reader = await self._reader(request)
        is_on = text_of(await read_form(request), "is_on") == "1"
        translator = await self._may_ask(reader)
        if translator is None and is_on:
            return self._not_told(reader)
        host = self._translator.host if self._translator else ""
        now, of = self._office.clock(), reader.conversation.id
        await run_in_threadpool(self._translations.switch, of, is_on, reader.operator, host, now)
        return JSONResponse(await run_in_threadpool(self._standing, reader))

    async def consent(self, request: Request) -> Response:
        """This operator knows to which host words go."""
        operator = await require_operator(self._office, request)
        form = await read_form(request)
        if self._translator is None or text_of(form, "host") != self._translator.host:
            return JSONResponse({"host": self._translator.host if self._translator else ""}, NOT_TOLD)
        await run_in_threadpool(self._translations.tell, operator, self._translator.host, self._office.clock())
        return JSONResponse({"is_told": True})

    async def _reader(self, request: Request) -> Reader:
        operator = await require_operator(self._office, request)
        conversation = await run_in_threadpool(handed_over, self._office, request.path_params["id"])
        return Reader(operator, variant_of_request(request), conversation)

    async def _may_ask(self, reader: Reader) -> Translator | None:
        """The service, if there is one and this operator was told of it."""
        translator = self._translator
        if translator is None:
            return None
        is_told = await run_in_threadpool(self._translations.knows, reader.operator, translator.host)
        return translator if is_told else None

    def _keep(self, message: Message, text: str, reader: Reader, translator: Translator) -> Translation:
        translation = Translation(message.cursor, reader.variant, text, False, translator.host)
        self._translations.keep(reader.conversation.id, translation, self._office.clock())
        return translation

    def _standing(self, reader: Reader) -> dict[str, object]:
        host, of = self._translator.host if self._translator else "", reader.conversation.id
        return {
            "host": host,
            "is_told": bool(host) and self._translations.knows(reader.operator, host),
            "is_all": bool(host) and self._translations.is_switched_on(of, host),
        }

    def _part(self, request: Request, reader: Reader, translation: Translation) -> str:
        return self._pages.part(request, "_translation.html", reader=reader, translation=translation)

    def _not_told(self, reader: Reader) -> Response:
        return JSONResponse({"host": self._translator.host if self._translator else ""}, NOT_TOLD)

    def _failure(self, request: Request, error: TranslationError) -> Response:
        speak = self._pages.speaker(variant_of_request(request))
        return JSONResponse({"fault": error.fault, "sentence": speak(f"translate_{error.fault}")}, FAILED)
