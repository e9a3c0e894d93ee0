"""
A certificate as PDF/A, the same bytes for the same certificate and copy, or no PDF at all.

A glyph that no font here has is refused: a name is never printed with a box in it.
"""

from __future__ import annotations

import datetime
import io
import json
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import segno
import typst
from django.conf import settings
from django.urls import reverse

from tiaoli.facts.dates import both
from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import Refused
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.certificates.words import kind_label, regulation_title

LANGUAGES: Final = ("zh", "en")
_TEMPLATE: Final = Path(__file__).with_name("certificate.typ")
_MACHINE_FONTS: Final = Path("/usr/share/fonts")
_NO_GLYPH: Final = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-fA-F]+)\}")


class MissingGlyph(Refused):
    """The fonts of this machine cannot write a name."""

    def __init__(self, character: str) -> None:
        code = f"U+{ord(character[0]):04X}"
        super().__init__(
            Label(
                f"這部主機的字型沒有「{character}」（{code}），無法印出正確的證明，所以沒有產生檔案。"
                "請通知管理者安裝含有這個字的字型（Noto CJK 或全字庫），公開查驗頁不受影響。",
                f"No font on this server has “{character}” ({code}): the certificate cannot be "
                "printed rightly, so no file was made. Ask the administrator to install a font "
                "that has it (Noto CJK, CNS 11643); the public page is not affected.",
            )
        )


def public_address(certificate: Certificate) -> str:
    """Where anybody sees how the certificate stands."""
    return f"{settings.PUBLIC_URL}{reverse('certificate', args=[certificate.token])}"


def printed(certificate: Certificate, *, copy: int, made: datetime.date, language: str) -> bytes:
    """The PDF of one copy. Raises MissingGlyph."""
    said = _said(certificate, copy, made, language)
    stamp = datetime.datetime.combine(made, datetime.time(), datetime.UTC)
    try:
        pdf: bytes = typst.compile(
            _TEMPLATE.read_bytes(),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"said": json.dumps(said, ensure_ascii=False, sort_keys=True)},
            format="pdf",
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(stamp.timestamp()),
        )
    except typst.TypstError as error:
        if found := _NO_GLYPH.search(str(error)):
            text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])
            raise MissingGlyph(text) from None
        raise
    return pdf


@cache
def _fonts() -> typst.Fonts:
    """Of the wheel, and of the machine where it has any; no others, so that hashes are stable."""
    package = import_module("pylopdf_fonts_zh_tw").__file__
    paths = [str(Path(str(package)).parent)]
    if _MACHINE_FONTS.is_dir():
        paths.append(str(_MACHINE_FONTS))
    return typst.Fonts(include_system_fonts=False, font_paths=paths)


def qr_svg(address: str) -> str:
    """A QR code of an address, as SVG."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, scale=4)
    return out.getvalue().decode("utf-8")


def _said(
    certificate: Certificate, copy: int, made: datetime.date, language: str
) -> dict[str, Any]:
    address = public_address(certificate)
    title = kind_label(certificate.kind)
    return {
        "language": language,
        "title": _plain(title),
        "number": certificate.number,
        "made": [made.year, made.month, made.day],
        "issuer": _plain(certificate.issuer.label),
        "name": [certificate.name, certificate.english_name],
        "rows": _rows(certificate),
        "address": address,
        "qr": qr_svg(address),
        "qr_alt": {
            "zh": "查驗這張證明的 QR 碼",
            "en": "QR code of the page where this certificate is verified",
        },
        "proof": {
            "zh": "紙本不是憑證；是否有效，以下列網頁為準。",
            "en": "A print is not the proof; the page below is.",
        },
        "copy": {
            "zh": f"第 {copy} 份，{both(made)}製作",
            "en": f"copy {copy}, made {both(made, 'en')}",
        },
    }


def _rows(certificate: Certificate) -> list[dict[str, Any]]:
    last = certificate.last
    until = (
        {"zh": both(last), "en": both(last, "en")}
        if last is not None
        else {"zh": "法規未定期限", "en": "no end stated by the regulation"}
    )
    regulation = regulation_title(certificate.regulation)
    clauses = certificate.decision.get("clauses") or []
    by_zh = f"{regulation.zh}（{'、'.join(clauses)}）" if clauses else regulation.zh
    by_en = f"{regulation.en} ({', '.join(clauses)})" if clauses else regulation.en
    return [
        _row("證明字號", "Number", certificate.number, certificate.number),
        *({"label": one["label"], "value": one["value"]} for one in certificate.scope),
        _row("生效日", "Valid from", both(certificate.first), both(certificate.first, "en")),
        _row("有效至", "Valid until", until["zh"], until["en"]),
        _row("發證日", "Issued on", both(certificate.issued), both(certificate.issued, "en")),
        _row("依據", "Under", by_zh, by_en),
    ]


def _row(label_zh: str, label_en: str, zh: str, en: str) -> dict[str, Any]:
    return {"label": {"zh": label_zh, "en": label_en}, "value": {"zh": zh, "en": en}}


def _plain(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}
