"""Forms about people, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms

from tiaoli.facts.kinds import Label
from tiaoli.platform.people.grades import HospitalGrade
from tiaoli.platform.people.identity import WrongNumber, read_identity_number
from tiaoli.platform.people.models import Post
from tiaoli.platform.people.persons import FIELDS
from tiaoli.platform.web.days import FORMS, DayField

Words = Mapping[str, tuple[Label, Label | None]]
"""Label and hint of each field."""


class WordsForm(forms.Form):
    """``words``: label and hint of each field, in two languages; a day says how it is written."""

    words: ClassVar[Words] = {}

    def __init__(self, *given: Any, lang: str = "zh", **named: Any) -> None:
        super().__init__(*given, **named)
        self.lang = lang
        for name, (label, hint) in self.words.items():
            if name in self.fields:
                field = self.fields[name]
                field.label = label.in_(lang)
                hints = [one.in_(lang) for one in (hint, _written(field)) if one is not None]
                field.help_text = ("; " if lang == "en" else "；").join(hints)

    def refuse(self, says: Label, field: str | None = None) -> None:
        """What an action said no to, beside its field or at the head of the form."""
        self.add_error(field, says.in_(self.lang))

    def choose(self, field: str, choices: Iterable[tuple[Any, Label]]) -> None:
        """What may be chosen, in the language of the form."""
        self.fields[field].choices = [(word, label.in_(self.lang)) for word, label in choices]


def _written(field: forms.Field) -> Label | None:
    return FORMS if isinstance(field, DayField) else None


def posts() -> list[tuple[str, Label]]:
    """Every post with what it is called."""
    return [(post.value, post.label) for post in Post]


_FIRST = (Label("從哪一天起", "From which day"), None)
_UNIT = (Label("單位", "Unit"), Label("例如：放射診斷科", "For example: Radiology"))
_POST = (Label("職務", "Post"), None)
_BECAUSE = Label("原因", "Reason")


class PersonForm(WordsForm):
    """The words of ``persons.FIELDS``, and the identity number."""

    name = forms.CharField(max_length=100)
    english_name = forms.CharField(max_length=200, required=False)
    date_of_birth = DayField(required=False)
    nationality = forms.CharField(max_length=60, required=False)
    number = forms.CharField(
        max_length=20, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    words: ClassVar[Words] = {
        "name": (Label("姓名", "Name"), Label("與身分證件相同", "As on the identity document")),
        "english_name": (
            Label("英文姓名", "Name in Latin script"),
            Label("與護照相同；英文證明會用到", "As in the passport; for English certificates"),
        ),
        "date_of_birth": (Label("出生日期", "Date of birth"), None),
        "nationality": (Label("國籍", "Nationality"), None),
        "number": (
            Label("身分證或居留證號", "National ID or residence number"),
            Label(
                "加密保存，平時只顯示頭尾；之後更正要由任職機構的教學單位辦理",
                "Kept encrypted and shown with its middle hidden; later corrections are made by "
                "the education office where you serve",
            ),
        ),
    }

    def clean_number(self) -> str:
        written: str = self.cleaned_data["number"]
        if not written.strip():
            return ""
        try:
            return read_identity_number(written)
        except WrongNumber as wrong:
            raise forms.ValidationError(wrong.says.in_(self.lang)) from wrong

    def told(self) -> dict[str, Any]:
        """What ``persons`` takes."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class EnterForm(PersonForm):
    unit = forms.CharField(max_length=60, required=False)
    first = DayField()
    words: ClassVar[Words] = {**PersonForm.words, "unit": _UNIT, "first": _FIRST}


class CorrectForm(PersonForm):
    because = forms.CharField(max_length=200)
    words: ClassVar[Words] = {
        **PersonForm.words,
        "number": (
            Label("正確的身分證或居留證號", "The right national ID or residence number"),
            Label("留空表示不更動", "Leave empty to keep what is on file"),
        ),
        "because": (_BECAUSE, Label("例如：依戶籍謄本更正", "For example: as in the register")),
    }


class BecauseForm(WordsForm):
    because = forms.CharField(max_length=200)
    words: ClassVar[Words] = {
        "because": (
            Label("為什麼要看完整號碼", "Why you need the whole number"),
            Label("會與您的姓名一起留在軌跡", "Kept in the trail with your name"),
        )
    }


class ForgetForm(WordsForm):
    because = forms.CharField(max_length=200, required=False)
    sure = forms.BooleanField()
    words: ClassVar[Words] = {
        "because": (Label("依據或原因", "Ground or reason"), None),
        "sure": (
            Label("我知道刪除之後無法復原", "I know that this cannot be undone"),
            None,
        ),
    }


class InviteForm(WordsForm):
    email = forms.EmailField()
    role = forms.ChoiceField()
    unit = forms.CharField(max_length=60, required=False)
    words: ClassVar[Words] = {
        "email": (Label("電子郵件", "E-mail"), None),
        "role": _POST,
        "unit": _UNIT,
    }

    def __init__(self, *given: Any, roles: Iterable[tuple[str, Label]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.choose("role", roles)


class PostForm(WordsForm):
    role = forms.ChoiceField()
    unit = forms.CharField(max_length=60, required=False)
    first = DayField()
    words: ClassVar[Words] = {"role": _POST, "unit": _UNIT, "first": _FIRST}

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.choose("role", posts())


class EndForm(WordsForm):
    last = DayField()
    because = forms.CharField(max_length=200, required=False)
    words: ClassVar[Words] = {
        "last": (
            Label("最後一日", "Last day"),
            Label("當天仍在職", "They still serve on that day"),
        ),
        "because": (_BECAUSE, None),
    }


class GradeForm(WordsForm):
    grade = forms.ChoiceField()
    first = DayField()
    words: ClassVar[Words] = {"grade": (Label("等級", "Grade"), None), "first": _FIRST}

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.choose("grade", [(grade.value, grade.label) for grade in HospitalGrade])


class DeputyForm(WordsForm):
    post = forms.ChoiceField()
    deputy = forms.ChoiceField()
    first = DayField()
    last = DayField()
    words: ClassVar[Words] = {
        "post": (Label("由人代理的職務", "Post to be sat in for"), None),
        "deputy": (
            Label("代理人", "Deputy"),
            Label("同一機構的人員", "Somebody of the same organisation"),
        ),
        "first": (Label("第一日", "First day"), None),
        "last": (Label("最後一日", "Last day"), None),
    }
