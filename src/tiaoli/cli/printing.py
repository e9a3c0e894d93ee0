"""Answers and clauses on a screen, in the order of the text; timelines are in ``courses``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from tiaoli.answers.answer import Answer, Flip, NotCounted, Quantity, Reason
from tiaoli.answers.explain import ALL, ANY
from tiaoli.answers.telling import measure, spell_text
from tiaoli.cli.details import (
    MOST_LISTED,
    day_text,
    either,
    figure_text,
    left_out,
    listed,
    shown_text,
)
from tiaoli.cli.inputs import Screen
from tiaoli.cli.show import Reading
from tiaoli.rules import Question, Regulation, Scale
from tiaoli.rules.outcomes import Tone, outcome_label, tone_of

_MARKS = {
    "met": ("✔", "green"),
    "not_met": ("✘", "red"),
    "unknown": ("？", "yellow"),
    "waived": ("－", "cyan"),
    "counted": ("＝", "blue"),
}
_COLOURS = {Tone.GOOD: "green", Tone.OPEN: "yellow", Tone.BAD: "red"}
_MOST_FIGURES = 5


def answer(
    found: Answer, regulation: Regulation, name: str, screen: Screen, *, everything: bool
) -> None:
    """
    The whole answer. Unless ``everything`` is wanted, alternatives that are not needed and records
    of another sort are left out.
    """
    _heading(found, regulation, name, screen)
    _reasons(found, regulation, screen, everything)
    _missing(found, screen)
    _readings(found, regulation, screen)
    _footing(found, screen)


def outcome_text(word: str, screen: Screen) -> Text:
    style = f"bold {_COLOURS[tone_of(word)]}"
    return Text(f"{screen.say(outcome_label(word))} ({word})", style=style)


def _heading(found: Answer, regulation: Regulation, name: str, screen: Screen) -> None:
    asked = regulation.question(found.question)
    out = screen.out
    out.print(Text(f"{screen.say(regulation.title)} · {screen.say(asked.label)}", style="bold"))
    who = either(screen, "對象", "subject")
    on = either(screen, "查詢日", "asked for")
    about = "" if found.about is None else f" · {either(screen, '所涉紀錄', 'about')} {found.about}"
    out.print(f"{who} {escape(name)} · {on} {day_text(found.on, screen)}{escape(about)}")
    line = Text(either(screen, "結果  ", "outcome  "))
    line.append_text(outcome_text(found.outcome, screen))
    out.print(line, soft_wrap=True)
    for flag in found.flags:
        out.print(Text(f"  ⚑ {screen.say(flag.says)}", style="yellow"), soft_wrap=True)
    _figures(found, asked, screen)
    if asked.goal is not None:
        out.print(f"  {escape(screen.say(spell_text(found, asked.goal)))}")


def _figures(found: Answer, asked: Question, screen: Screen) -> None:
    """A line each; of many, a table."""
    known = {**found.value, **found.partly}
    shown = {f.label: figure_text(known.get(f.name), screen) for f in asked.figures}
    if len(asked.figures) <= _MOST_FIGURES:
        for label, value in shown.items():
            screen.out.print(f"  {escape(screen.say(label))}: {escape(value)}")
        return
    screen.out.print()
    rows = ((f"  {screen.say(label)}", value) for label, value in shown.items())
    table((), rows, screen)
    if "—" in shown.values():
        zh, en = "— 免評、由人評定，或資料不足", "— left out, for a person to say, or not known"
        screen.out.print(f"  {either(screen, zh, en)}", style="dim")


def _reasons(found: Answer, regulation: Regulation, screen: Screen, everything: bool) -> None:
    if not found.reasons:
        return
    many = len(regulation.question(found.question).figures) > _MOST_FIGURES
    if many and not everything:
        note = either(screen, "（理由見 --all）", "(reasons with --all)")
        screen.out.print(f"  {note}", style="dim")
        return
    screen.out.print()
    screen.out.print(either(screen, "理由（依條文順序）", "reasons, in the order of the text"))
    told = _Told(regulation, screen, everything, found)
    scale = regulation.question(found.question).scale
    reasons: Sequence[Reason] = found.reasons
    if scale is not None and not everything:
        reasons = _of_levels(found, scale, screen)
    for reason in reasons:
        if told.is_wanted(reason, reasons):
            for plain in told.plainly(reason):
                for line in told.lines(plain):
                    screen.out.print(_indented(line, 2), soft_wrap=True)


def _of_levels(found: Answer, scale: Scale, screen: Screen) -> Sequence[Reason]:
    """Of a scale: the level suggested and the next; where the lowest are in doubt, three."""
    number = int(found.outcome[-1]) if found.outcome.startswith("level_") else 0
    wanted = {1, 2, 3} if number < 3 and (found.flags or not number) else {number, number + 1}
    if number == 0:
        wanted |= {4, 5}
    clauses = {one.clause for index, one in enumerate(scale.levels, 1) if index in wanted}
    others = {one.clause for one in scale.levels} - clauses
    if others:
        note = either(screen, "（其他等級見 --all）", "(other levels with --all)")
        screen.out.print(f"  {note}", style="dim")
    return [reason for reason in found.reasons if reason.clause not in others]


def _indented(line: Text, columns: int) -> Text:
    return Text(" " * columns).append_text(line)


class _Told:
    """
    Reasons as lines. Unless everything is wanted, what does not matter is left out: alternatives
    that are not needed, records of another sort, rows of a schedule that nothing falls under.
    """

    def __init__(
        self, regulation: Regulation, screen: Screen, everything: bool, found: Answer
    ) -> None:
        self.regulation = regulation
        self.screen = screen
        self.everything = everything
        self._told: set[tuple[Reason, ...]] = set()
        self.used = {fact for reason in found.walk() for fact in reason.counted}

    def is_wanted(self, reason: Reason, beside: Sequence[Reason]) -> bool:
        cites = any(part.clause is not None for part in reason.walk())
        if self.everything or cites or reason.outcome != "not_met":
            return not self._is_idle(reason)
        return all(other.clause is None for other in beside)

    def lines(self, reason: Reason, above: tuple[str, ...] = ()) -> Iterable[Text]:
        """``above`` are the records that the line above has already named."""
        mark, colour = _MARKS[reason.outcome]
        line = Text(f"{mark} ", style=colour)
        if reason.clause is not None:
            where = self.screen.say(self.regulation.clauses[reason.clause].where)
            line.append(f"{reason.clause} ", style="bold")
            line.append(f"[{where}] ", style="dim")
        line.append(self.screen.say(reason.says))
        yield line
        for detail in self._details(reason, above):
            yield _indented(Text(detail, style="dim"), 3)
        needed = tuple(self._needed(reason))
        if len(needed) > 1 and needed in self._told and not self.everything:
            yield _indented(Text(either(self.screen, "（明細同前）", "(as above)"), style="dim"), 2)
            return
        self._told.add(needed)
        whole = _deciding(reason, needed)
        for child in needed:
            below = list(self.lines(child, reason.counted))
            brief = child is not whole and child.outcome == "counted" and child.clause is None
            shown = below[:2] if brief and not self.everything else below
            yield from (_indented(line, 2) for line in shown)

    def plainly(self, reason: Reason) -> Sequence[Reason]:
        """What is told where all has to be met: a heading over one thing, or over all, is none."""
        children = self._needed(reason)
        over_all = reason.says == ALL or (reason.says == ANY and len(self._wanted(reason)) == 1)
        return children if over_all and reason.clause is None and not self.everything else [reason]

    def _needed(self, reason: Reason) -> Sequence[Reason]:
        """What is told below a line."""
        children = self._wanted(reason)
        each = [self.plainly(child) for child in children]
        if isinstance(reason.have, Quantity) or (reason.says == ANY and len(children) > 1):
            pairs = zip(children, each, strict=True)
            return [plain[0] if len(plain) == 1 else child for child, plain in pairs]
        return [part for plain in each for part in plain]

    def _wanted(self, reason: Reason) -> Sequence[Reason]:
        """Of alternatives of which one is met, those that are met."""
        children = [child for child in reason.children if not self._is_idle(child)]
        if self.everything or reason.outcome != "met":
            return children
        if len(children) == 1 and children[0].says == ANY:
            children = list(children[0].children)
        elif reason.says != ANY:
            return children
        return [child for child in children if child.outcome == "met"]

    def _is_idle(self, reason: Reason) -> bool:
        """A row of a schedule that adds nothing and that no record left over belongs to."""
        nothing = isinstance(reason.have, Quantity) and reason.have.at_most == 0
        idle = reason.outcome == "counted" and nothing and not self._left_over(reason)
        return idle and not self.everything and all(map(self._is_idle, reason.children))

    def _left_over(self, reason: Reason) -> list[NotCounted]:
        """Records that do not count here; for an amount, only those that count nowhere."""
        if self.everything:
            return list(reason.not_counted)
        near = [one for one in reason.not_counted if one.near]
        if reason.outcome != "counted":
            return near
        below = {one for child in reason.children for one in child.not_counted}
        mine = [one for one in near if one.fact in reason.counted and one not in below]
        return [*mine, *(one for one in near if one.fact not in self.used)]

    def _details(self, reason: Reason, above: tuple[str, ...]) -> Iterable[str]:
        if measured := self.screen.say(measure(reason)):
            yield measured
        alone = len(reason.counted) == 1 and reason.says.zh.startswith(f"{reason.counted[0]}：")
        if (
            reason.counted
            and not alone
            and (reason.outcome != "counted" or reason.counted != above)
        ):
            yield either(self.screen, "計入：", "counts: ") + listed(reason.counted, self.screen)
        yield from left_out(self._left_over(reason), self.screen)


def _deciding(reason: Reason, parts: Sequence[Reason]) -> Reason | None:
    """Of what each comes to, the first that the whole comes to as well: it is told in full."""
    if not parts:
        return None
    return next((part for part in parts if part.have == reason.have), parts[0])


def _missing(found: Answer, screen: Screen) -> None:
    if not found.missing:
        return
    screen.out.print()
    screen.out.print(
        either(screen, "還可能改變結果的資料或判斷", "what could still change the answer")
    )
    for missing in found.missing[:MOST_LISTED]:
        clause = f" [{missing.clause}]" if missing.clause else ""
        screen.out.print(Text(f"  ？ {screen.say(missing.asks)}{clause}"), soft_wrap=True)
    more = len(found.missing) - MOST_LISTED
    if more > 0:
        screen.out.print(either(screen, f"  … 另有 {more} 項", f"  … and {more} more"))


def _readings(found: Answer, regulation: Regulation, screen: Screen) -> None:
    defaults = regulation.default_readings()
    chosen = {k: r for k, r in found.interpretations.items() if defaults[k] != r}
    if chosen:
        screen.out.print()
        screen.out.print(either(screen, "選用的讀法", "readings chosen"))
        for name, reading in chosen.items():
            screen.out.print(f"  {name}={reading}")
    if regulation.question(found.question).summary:
        screen.out.print()
        zh = "換一種讀法會不會不同，請逐項詢問。"
        en = "Which readings would change it: ask the questions that it brings together."
        screen.out.print(either(screen, zh, en), style="dim")
    if found.sensitivity:
        screen.out.print()
        screen.out.print(either(screen, "換一種讀法，結果會不同", "readings that would change it"))
    for flip in found.sensitivity:
        key = regulation.interpretation(flip.key)
        line = Text("  ")
        line.append(f"{flip.key}={flip.reading}", style="bold")
        line.append(f" {screen.say(key.label(flip.reading))} → ")
        line.append_text(outcome_text(flip.outcome, screen))
        line.append(_other_figures(flip, found, regulation, screen))
        screen.out.print(line, soft_wrap=True)


def _other_figures(flip: Flip, found: Answer, regulation: Regulation, screen: Screen) -> str:
    """The figures that are others under another reading, by their names."""
    told = [
        f"{screen.say(figure.label)} {shown_text(shown, screen)}"
        for figure in regulation.question(found.question).figures
        if (shown := flip.value.get(figure.name)) is not None
        and shown != found.value.get(figure.name)
    ]
    if not told:
        return ""
    return either(screen, f"（{'、'.join(told)}）", f" ({', '.join(told)})")


def _footing(found: Answer, screen: Screen) -> None:
    screen.out.print()
    if found.evidence is not None:
        label = screen.say(found.evidence.label)
        screen.out.print(either(screen, f"最弱的佐證：{label}", f"weakest evidence: {label}"))
    count = len(found.interpretations)
    screen.out.print(
        either(
            screen,
            f"版本 {found.edition} · 用到 {count} 個解釋鍵 · 指紋 {found.fingerprint[:16]}",
            f"edition {found.edition} · {count} keys used · fingerprint {found.fingerprint[:16]}",
        ),
        style="dim",
    )


def clause(reading: Reading, regulation: Regulation, screen: Screen) -> None:
    """One clause: where it stands, what it says, what it asks for, what it turns on."""
    one = reading.clause
    place = regulation.place_of(one.id)
    head = Text(f"{one.id} ", style="bold")
    head.append(f"[{screen.say(one.where)}] ", style="dim")
    head.append(screen.say(place.label) if place is not None else "—", style="cyan")
    screen.out.print(head, soft_wrap=True)
    screen.out.print(Text(f"  {screen.say(one.says)}"), soft_wrap=True)
    if one.because is not None:
        screen.out.print(Text(f"  {screen.say(one.because)}", style="dim"), soft_wrap=True)
    for lines in reading.outlines:
        for line in lines:
            text = f"    {'  ' * line.depth}{screen.say(line.says)}"
            screen.out.print(Text(text), soft_wrap=True)
    for head_zh, head_en, names in (
        ("問題", "questions", reading.questions),
        ("解釋鍵", "keys", reading.keys),
        ("發現", "findings", tuple(screen.say(known.says) for known in reading.findings)),
        ("範例", "cases", tuple(case.id for case in reading.cases)),
    ):
        if names:
            text = f"  {either(screen, head_zh, head_en)}: {', '.join(names)}"
            screen.out.print(Text(text, style="dim"), soft_wrap=True)
    screen.out.print()


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], screen: Screen) -> None:
    """A plain table."""
    shown = Table(box=None, pad_edge=False, header_style="bold", show_header=bool(headings))
    for heading in headings:
        shown.add_column(heading, overflow="fold")
    for row in rows:
        shown.add_row(*(escape(cell) for cell in row))
    screen.out.print(shown)
