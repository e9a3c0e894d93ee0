"""
A rule as an outline: sentences in Chinese and English, made from the rule itself.

A clause inside another is named, not told again; it has an entry of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tiaoli.answers.answer import Quantity
from tiaoli.answers.in_words import quantity_text
from tiaoli.answers.wording import (
    FOLDS,
    QUANTIFIERS,
    RANKING_METHODS,
    describe,
    name_of,
    records_name,
)
from tiaoli.facts.kinds import Label
from tiaoli.rules.amounts import (
    Amount,
    AmountNode,
    Capped,
    Count,
    GroupedSum,
    HowMany,
    NotStated,
    Sum,
    Table,
    Times,
    Total,
)
from tiaoli.rules.citation import (
    Cited,
    ClauseAmount,
    ClauseDay,
    ClauseRule,
    Named,
    ShownBy,
    ToldIfMet,
)
from tiaoli.rules.cohorts import EachOne, EachPeriod, KnownIf, OfEach, OfEachPeriod, Share
from tiaoli.rules.expressions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    AttributeOf,
    Compare,
    Constant,
    IsAbsent,
    Node,
    Not,
    Rule,
    Value,
    WaivedBy,
)
from tiaoli.rules.judgement import Presumed
from tiaoli.rules.ledgers import Cap, Ledger, Once
from tiaoli.rules.moments import Within
from tiaoli.rules.ranking import Rank
from tiaoli.rules.records import (
    AnyRecord,
    Every,
    FromDifferentEvents,
    Records,
    RecordSet,
    Related,
    Served,
    Union,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line, so far to the right."""

    depth: int
    says: Label


def outline(clause: Cited) -> tuple[Line, ...]:
    """What one clause asks for, or comes to."""
    match clause:
        case ClauseRule(rule=rule):
            return tuple(_rule(rule, 0))
        case ClauseAmount(amount=amount):
            return tuple(_amount(amount, 0))
        case ClauseDay(day=day):
            return (Line(0, name_of(day)),)
        case Cap(of=of, most=most, by=by):
            limit = name_of(most)
            kept = _line(
                0,
                f"下列紀錄合計最多計 {limit.zh}{_by(by).zh}：",
                f"at most {limit.en}{_by(by).en} of:",
            )
            return (kept, *_rule(of, 1))
        case Once(of=of, by=by):
            one = _line(0, f"下列紀錄只計一筆{_by(by).zh}：", f"one{_by(by).en} of:")
            return (one, *_rule(of, 1))


def _by(values: tuple[Value, ...]) -> Label:
    """What records have to agree on to be counted together."""
    if not values:
        return Label("", "")
    names = [name_of(value) for value in values]
    return Label(
        f"（依{'、'.join(name.zh for name in names)}分別計）",
        f" for each {', '.join(name.en.lower() for name in names)}",
    )


_BOUNDS = {">=": ("至少", "at least"), "<=": ("至多", "at most")}


def _line(depth: int, zh: str, en: str) -> Line:
    return Line(depth, Label(zh, en))


def _rule(rule: Rule, depth: int) -> Iterator[Line]:
    match rule:
        case Constant(met=met):
            yield _line(
                depth, "不設門檻" if met else "永不符合", "nothing is asked" if met else "never"
            )
        case ClauseRule(clause=clause):
            yield _line(depth, f"符合 {clause}", f"{clause} is met")
        case AllOf(rules=rules):
            yield _line(depth, "以下各項都要：", "all of:")
            yield from _rules(rules, depth + 1)
        case AnyOf(rules=rules):
            yield _line(depth, "以下任一項：", "any one of:")
            yield from _rules(rules, depth + 1)
        case AtLeastOf(number=number, rules=rules):
            yield _line(depth, f"以下任 {number} 項：", f"any {number} of:")
            yield from _rules(rules, depth + 1)
        case Not(rule=IsAbsent(value=value)):
            what = name_of(value)
            yield _line(depth, f"有{what.zh}", f"has {what.en.lower()}")
        case Not(rule=inner):
            yield _line(depth, "並非：", "not:")
            yield from _rule(inner, depth + 1)
        case WaivedBy(rule=inner, waiver=waiver):
            yield from _rule(inner, depth)
            yield _line(depth, "但符合下列者免：", "but not asked of those who meet:")
            yield from _rule(waiver, depth + 1)
        case Presumed(rule=inner, met=met, because=because):
            yield from _rule(inner, depth)
            taken = ("視為符合", "taken as met") if met else ("視為不符合", "taken as not met")
            yield _line(
                depth,
                f"未有認定前{taken[0]}（{because.zh}）",
                f"{taken[1]} until ruled ({because.en})",
            )
        case ToldIfMet(rule=inner):
            yield from _rule(inner, depth)
        case Named(label=label, rule=inner):
            yield _line(depth, f"{label.zh}：", f"{label.en}:")
            yield from _rule(inner, depth + 1)
        case ShownBy():
            yield Line(depth, describe(rule))
        case _:
            yield from _requirement(rule, depth)


def _rules(rules: Iterable[Rule], depth: int) -> Iterator[Line]:
    for rule in rules:
        yield from _rule(rule, depth)


def _requirement(rule: Rule, depth: int) -> Iterator[Line]:
    match rule:
        case AnyRecord(records=of):
            name = records_name(of)
            yield from _records(of, depth, f"至少一筆{name.zh}", f"at least one {name.en}")
        case Every(records=of, rule=inner):
            name = records_name(of)
            yield from _records(of, depth, f"每一筆{name.zh}", f"every {name.en}")
            yield from _rule(inner, depth + 1)
        case FromDifferentEvents(sets=sets):
            yield _line(
                depth,
                "下列各一筆，不得同一場活動：",
                "one of each of these, from different events:",
            )
            for of in sets:
                name = records_name(of)
                yield from _records(of, depth + 1, name.zh, name.en)
        case Served(records=of, years=years, since=since):
            name = records_name(of)
            zh, en = f"{name.zh}滿 {years} 年", f"{years} full years of {name.en}"
            if since is not None:
                from_day = name_of(since)
                zh, en = f"{zh}，自{from_day.zh}起算", f"{en}, counted from {from_day.en}"
            yield from _records(of, depth, zh, en)
        case Compare(left=AmountNode() as left):
            need = name_of(rule.right)
            op = {">=": ("至少", "at least"), "<=": ("至多", "at most")}.get(
                rule.op, (rule.op,) * 2
            )
            yield _line(depth, f"{op[0]} {need.zh}：", f"{op[1]} {need.en} of:")
            yield from _amount(left, depth + 1)
        case EachOne(rule=inner) | EachPeriod(rule=inner):
            yield _line(depth, *_whose_turn(rule))
            if isinstance(rule, EachOne):
                name = records_name(rule.records)
                yield from _records(rule.records, depth + 1, name.zh, name.en)
            yield from _rule(inner, depth + 1)
        case Related(others=of, pairs=pairs):
            name = records_name(of)
            alike = [(name_of(mine), name_of(theirs)) for mine, theirs in pairs]
            zh = "、".join(f"{a.zh}＝{b.zh}" for a, b in alike)
            en = ", ".join(f"{a.en.lower()} = {b.en.lower()}" for a, b in alike)
            yield from _records(
                of, depth, f"有相應的{name.zh}（{zh}）", f"has a matching {name.en} ({en})"
            )
        case Within(day=day, start=start, end=end, exclusive=exclusive):
            what, first, last = name_of(day), name_of(start), name_of(end)
            edge = ("（不含首日）", ", the first day excluded") if exclusive else ("", "")
            yield _line(
                depth,
                f"{what.zh}在「{first.zh}」至「{last.zh}」之內{edge[0]}",
                f"{what.en} from {first.en} to {last.en}{edge[1]}",
            )
        case _:
            yield Line(depth, describe(rule))


def _records(of: RecordSet, depth: int, zh: str, en: str) -> Iterator[Line]:
    """A set of records with what each of them has to meet."""
    sets = of.sets if isinstance(of, Union) else (of,)
    for one in sets:
        assert isinstance(one, Records)
        if isinstance(one.condition, Constant):
            yield _line(depth, zh, en)
            continue
        yield _line(depth, f"{zh}，須：", f"{en} with:")
        conditions = one.condition.rules if isinstance(one.condition, AllOf) else (one.condition,)
        yield from _rules(conditions, depth + 1)


def _amount(node: Node, depth: int) -> Iterator[Line]:
    match node:
        case ClauseAmount(clause=clause):
            yield _line(depth, f"{clause} 的數額", f"the amount of {clause}")
        case Amount(value=value, measured_in=unit):
            yield Line(depth, quantity_text(Quantity(value, value, unit)))
        case NotStated(what=what):
            yield _line(depth, f"條文未規定：{what.zh}", f"not stated in the text: {what.en}")
        case Total(amounts=amounts):
            yield _line(depth, "合計：", "the total of:")
            for part in amounts:
                yield from _amount(part, depth + 1)
        case Capped(amount=inner, cap=cap):
            most = name_of(cap)
            yield _line(depth, f"最多計 {most.zh}：", f"at most {most.en} of:")
            yield from _amount(inner, depth + 1)
        case Times(amount=inner, number=number):
            each = name_of(number)
            yield _line(depth, f"每一{each.zh}：", f"for each of {each.en.lower()}:")
            yield from _amount(inner, depth + 1)
        case Count(records=of, distinct=distinct):
            once = ("，相同者只計一次", ", the same one counted once") if distinct else ("", "")
            for one in of.sets if isinstance(of, Union) else (of,):
                name = records_name(one)
                yield from _records(one, depth, f"{name.zh}筆數{once[0]}", f"{name.en}s{once[1]}")
        case Sum(records=of, value=value):
            yield from _sum(of, value, depth)
        case GroupedSum(records=of, value=value, by=by):
            what = of.kind.attributes[by].label
            yield _line(depth, f"依{what.zh}分組：", f"grouped by {what.en.lower()}:")
            yield from _sum(of, value, depth + 1)
        case Table(rows=rows, otherwise=otherwise):
            for rule, result in rows:
                yield from _rule(rule, depth)
                yield from _amount(result, depth + 1)
            yield _line(depth, "其餘：", "otherwise:")
            yield from _amount(otherwise, depth + 1)
        case HowMany(rules=rules):
            yield _line(depth, "下列符合幾項：", "how many of these are met:")
            yield from _rules(rules, depth + 1)
        case OfEach() | OfEachPeriod() | KnownIf() | Share():
            yield from _folded(node, depth)
        case Rank(contest=among, method=method):
            how, width = RANKING_METHODS[method], name_of(among.width)
            total, priority = name_of(among.total), name_of(among.priority)
            name = records_name(among.records)
            zh = f"{name.zh}的名次：依{total.zh}，相差 {width.zh}以內者依{priority.zh}（{how.zh}）"
            en = f"place among {name.en}: by {total.en.lower()}, within {width.en} by"
            en = f"{en} {priority.en.lower()} ({how.en})"
            yield from _records(among.records, depth, zh, en)
        case Ledger():
            yield from _ledger(node, depth)
        case _ if isinstance(node, Value):
            yield Line(depth, name_of(node))


def _folded(node: OfEach | OfEachPeriod | KnownIf | Share, depth: int) -> Iterator[Line]:
    """What is worked out for one after another, and shares."""
    match node:
        case OfEach(records=of, each=each, fold=fold):
            name, how = records_name(of), FOLDS[fold]
            yield from _records(of, depth, f"每名{name.zh}{how.zh}", f"of each {name.en}{how.en}")
            yield from _amount(each, depth + 1)
        case OfEachPeriod(each=each, fold=fold):
            how, when = FOLDS[fold], _numbered(node)
            yield _line(depth, f"{when.zh}{how.zh}：", f"of {when.en}{how.en}:")
            yield from _amount(each, depth + 1)
        case KnownIf(rule=known, amount=inner, asks=asks):
            yield from _amount(inner, depth)
            yield _line(depth, f"須有{asks.zh}，否則視為不明：", f"unknown without {asks.en}:")
            yield from _rule(known, depth + 1)
        case Share(part=part, whole=whole):
            yield _line(depth, "比率，分子：", "the share of:")
            yield from _amount(part, depth + 1)
            yield _line(depth, "分母：", "in:")
            yield from _amount(whole, depth + 1)


def _whose_turn(rule: EachOne | EachPeriod) -> tuple[str, str]:
    how = QUANTIFIERS[rule.quantifier]
    if isinstance(rule, EachPeriod):
        when = _numbered(rule)
        return f"{how.zh}期（{when.zh}）：", f"{how.en} one ({when.en}):"
    name = records_name(rule.records)
    return f"{how.zh}{name.zh}，各自：", f"of {how.en} {name.en}, for each:"


def _numbered(node: OfEachPeriod | EachPeriod) -> Label:
    """Which periods are meant: their length, whence they are counted, which numbers."""
    start, until, period = name_of(node.start), name_of(node.until), node.period
    zh = f"自{start.zh}至{until.zh}每滿 {period.zh}"
    en = f"each {period.en} complete from {start.en} to {until.en}"
    if (node.first, node.last) != (1, None):
        last = "" if node.last is None else f"{node.last}"
        zh, en = f"{zh}，第 {node.first}–{last} 期", f"{en}, numbers {node.first} to {last}"
    return Label(zh, en)


def _ledger(node: Ledger, depth: int) -> Iterator[Line]:
    """What each record counts, in order of time, until a cap is full."""
    name = records_name(node.records)
    yield from _records(
        node.records, depth, f"逐筆{name.zh}依時間先後計算", f"each {name.en} in order of time"
    )
    yield _line(depth + 1, "原始數額：", "raw amount:")
    yield from _amount(node.raw, depth + 2)
    yield _line(depth + 1, "倍數：", "factor:")
    yield from _amount(node.factor, depth + 2)
    if node.step is not None:
        step = name_of(node.step)
        zh, en = f"乘後捨去至 {step.zh}的整倍數", f"then truncated to whole steps of {step.en}"
        yield _line(depth + 1, zh, en)
    limits = [cap.clause for cap in node.caps] + [one.clause for one in node.once]
    for clause in dict.fromkeys(limits):
        yield _line(depth + 1, f"受 {clause} 限制", f"limited by {clause}")
    yield _line(depth + 1, "其中加總：", "of these, added up:")
    yield from _rule(node.within, depth + 2)


def _sum(of: Records, value: Value, depth: int) -> Iterator[Line]:
    name, what = records_name(of), name_of(value)
    if isinstance(value, AttributeOf):
        yield from _records(of, depth, f"{name.zh}的{what.zh}合計", f"{what.en} of each {name.en}")
    elif isinstance(value, Amount):
        yield from _records(
            of, depth, f"每筆{name.zh}計 {what.zh}", f"{what.en} for each {name.en}"
        )
    else:
        yield from _records(
            of, depth, f"每筆{name.zh}依下表", f"for each {name.en} by this schedule"
        )
        yield from _amount(value, depth + 1)
