"""
What leaves part by part: files, long tables, and what pages load.

An ASGI server asks for parts without waiting for them. Left to itself, Django would then read all
of them first; here one is read after another, in the thread of the request.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from asgiref.sync import sync_to_async
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from whitenoise.middleware import WhiteNoiseFileResponse, WhiteNoiseMiddleware

_BLOCK = 256 * 1024


class PartByPart(StreamingHttpResponse):
    """Parts that are made while they are sent; never more than one is held."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        parts = iter(self.streaming_content)
        following = sync_to_async(lambda: next(parts, None))
        while (part := await following()) is not None:
            yield part


class FileSent(PartByPart, FileResponse):
    """A file, some 256 kB at a time."""

    block_size = _BLOCK


class _StaticFile(PartByPart, WhiteNoiseFileResponse):
    """A file that pages load."""

    block_size = _BLOCK


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise, sending part by part."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> StreamingHttpResponse:
        found = static_file.get_response(request.method, request.META)
        sent = _StaticFile(found.file or (), status=int(found.status))
        del sent["content-type"]  # WhiteNoise tells its own
        for name, value in found.headers:
            sent[name] = value
        return sent
