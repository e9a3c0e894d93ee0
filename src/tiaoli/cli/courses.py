"""What time and further facts would bring, on a screen: timelines and plans."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from rich.text import Text

from tiaoli.answers.plan import Plan
from tiaoli.answers.timeline import Spell
from tiaoli.cli.details import day_text, either
from tiaoli.cli.inputs import Screen
from tiaoli.cli.printing import outcome_text
from tiaoli.facts.kinds import Label
from tiaoli.rules import Question, Regulation
from tiaoli.rules.outcomes import outcome_label


def timeline(
    spells: Sequence[Spell],
    causes: Sequence[Sequence[Label]],
    question: Question,
    regulation: Regulation,
    screen: Screen,
) -> None:
    """From when until when, and what ends each stretch."""
    title = f"{screen.say(regulation.title)} · {screen.say(question.label)}"
    screen.out.print(Text(title, style="bold"))
    for index, spell in enumerate(spells):
        line = Text(f"  {day_text(spell.first, screen)} – {day_text(spell.last, screen)}  ")
        line.append_text(outcome_text(spell.outcome, screen))
        screen.out.print(line, soft_wrap=True)
        if index < len(causes):
            for cause in causes[index]:
                text = Text(f"      ↓ {screen.say(cause)}", style="dim")
                screen.out.print(text, soft_wrap=True)


def plans(found: Sequence[Plan], question: Question, on: datetime.date, screen: Screen) -> None:
    """The plans, cheapest first."""
    goal = screen.say(outcome_label(question.goal or ""))
    if not found:
        screen.out.print(
            either(
                screen,
                f"沒有找到當事人自己做得到、能達到「{goal}」的途徑。",
                f"no way to “{goal}” was found in what the person can bring about.",
            )
        )
    for number, plan in enumerate(found, 1):
        head = either(screen, f"途徑 {number}", f"plan {number}")
        ready = day_text(plan.ready, screen)
        days = f"{plan.effort.quantize(Decimal('0.1')).normalize():f}"
        effort = either(screen, f"約 {days} 個工作日", f"about {days} working days")
        screen.out.print(
            Text(
                either(screen, f"{head}：{ready} 起「{goal}」", f"{head}: “{goal}” from {ready}"),
                "bold",
            )
        )
        comma = either(screen, "，", ", ")
        screen.out.print(f"    {effort}{comma}{_until(plan, screen)}", style="dim")
        for step in plan.steps:
            screen.out.print(Text(f"    + {screen.say(step.says)}"), soft_wrap=True)
        if plan.ready > on:
            screen.out.print("    " + either(screen, f"等到 {ready}", f"wait until {ready}"))
        elif not plan.steps:
            screen.out.print(
                "    " + either(screen, "現在就符合，不需再做什麼", "nothing more is needed")
            )


def _until(plan: Plan, screen: Screen) -> str:
    if plan.until is None:
        return either(screen, "沒有終期", "no end")
    return either(
        screen, f"維持到 {day_text(plan.until, screen)}", f"until {day_text(plan.until, screen)}"
    )
