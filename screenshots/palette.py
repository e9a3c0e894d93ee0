"""
A picture of a page with no more colours than a palette has: a fraction of the bytes, and nothing to
see of it. The browser reads the PNG that it took; numpy and zlib write the smaller one.
"""

from __future__ import annotations

import base64
import struct
import zlib
from typing import Any, Final

import numpy as np
from playwright.sync_api import Page

_MOST: Final = 256
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_TO_PIXELS: Final = """async (png) => {
    const blob = await (await fetch(`data:image/png;base64,${png}`)).blob();
    const image = await createImageBitmap(blob);
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const bytes = context.getImageData(0, 0, image.width, image.height).data;
    let text = "";
    for (let at = 0; at < bytes.length; at += 32768) {
        text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    }
    return [image.width, image.height, btoa(text)];
}"""


def smaller(png: bytes, blank: Page) -> bytes:
    """The same picture with at most 256 colours; ``blank`` is a page that reads it."""
    width, height, pixels = blank.evaluate(_TO_PIXELS, base64.b64encode(png).decode("ascii"))
    rgba = np.frombuffer(base64.b64decode(pixels), np.uint8).reshape(height, width, 4)
    colours, indices = _reduced(rgba[:, :, :3])
    return _written(colours, indices)


def _reduced(rgb: Any) -> tuple[Any, Any]:
    """
    The colours there is most of, and for each pixel (height × width) which of them; a colour that
    is left out becomes the nearest.
    """
    packed = rgb.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    found, place, times = np.unique(packed, return_inverse=True, return_counts=True)
    split = np.stack([found >> 16, (found >> 8) & 255, found & 255], axis=1).astype(np.int32)
    kept = np.sort(np.argsort(-times, kind="stable")[:_MOST])
    colours = split[kept]
    nearest = np.empty(len(found), np.uint8)
    for start in range(0, len(found), 4096):
        some = split[start : start + 4096, None, :] - colours[None, :, :]
        nearest[start : start + 4096] = np.argmin((some**2).sum(axis=2), axis=1)
    return colours.astype(np.uint8), nearest[place.reshape(packed.shape)]


def _written(colours: Any, indices: Any) -> bytes:
    height, width = indices.shape
    rows = np.zeros((height, width + 1), np.uint8)  # each row begins with its filter: none
    rows[:, 1:] = indices
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", header),
            _chunk(b"PLTE", colours.tobytes()),
            _chunk(b"IDAT", zlib.compress(rows.tobytes(), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
