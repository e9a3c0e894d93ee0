"""
Rules in words, Chinese and English, made from the rule itself: what a value is called, and what a
requirement asks for. What is found is told in ``in_words``, why one record does not count in
``why_not``.
"""

from __future__ import annotations

from tiaoli.answers.answer import Quantity
from tiaoli.answers.in_words import day_words, options_text, quantity_text, shown_value
from tiaoli.facts.kinds import Label
from tiaoli.rules.amounts import (
    Amount,
    AmountNode,
    Count,
    GroupedSum,
    HowMany,
    ReachedOn,
    Sum,
)
from tiaoli.rules.citation import ClauseAmount, ClauseRule, Named, ShownBy, clause_ids
from tiaoli.rules.cohorts import (
    EachOne,
    EachPeriod,
    Fold,
    Its,
    KnownIf,
    OfEach,
    OfEachPeriod,
    PeriodEnd,
    PeriodStart,
    Quantifier,
    Share,
    YearOf,
)
from tiaoli.rules.expressions import (
    AllOf,
    AnyOf,
    AttributeOf,
    AttributeValue,
    Compare,
    Contains,
    Includes,
    IsAbsent,
    IsOneOf,
    Not,
    Rule,
    Value,
)
from tiaoli.rules.judgement import Judged, Presumed
from tiaoli.rules.ledgers import During, Ledger, ListLength
from tiaoli.rules.moments import AskedOn, AsOf, DayConst, DaysLater, Moved, Movement, Within
from tiaoli.rules.ranking import InCycle, Rank, RankingMethod, Tied
from tiaoli.rules.records import (
    AnyRecord,
    Every,
    FromDifferentEvents,
    Picked,
    Records,
    RecordSet,
    Referred,
    Related,
    Served,
    Union,
)
from tiaoli.rules.timetables import Elapsed, PerDay

OPERATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "==": "="}


FOLDS = {
    Fold.LEAST: Label("（取最少者）", " (the least)"),
    Fold.GREATEST: Label("（取最多者）", " (the greatest)"),
    Fold.MAJORITY: Label("（取過半數達到者）", " (what most reach)"),
    Fold.MEDIAN: Label("（取中位數）", " (the median)"),
    Fold.MEAN: Label("（取平均）", " (the mean)"),
    Fold.SUM: Label("（合計）", " (the total)"),
    Fold.LAST: Label("（取最近一期）", " (the latest)"),
}
QUANTIFIERS = {
    Quantifier.ALL: Label("每一", "every"),
    Quantifier.ANY: Label("任一", "any"),
    Quantifier.MAJORITY: Label("過半數的", "more than half of"),
}


RANKING_METHODS = {
    RankingMethod.ANCHORED_BAND: Label("以最高分為準分組", "in bands below the highest total"),
    RankingMethod.CHAINED: Label("相鄰分數相連成組", "in bands chained from total to total"),
    RankingMethod.PAIRWISE: Label("兩兩比較", "two at a time"),
}


def name_of(node: Value) -> Label:
    """What a value is called."""
    match node:
        case Count(label=Label() as label) | Sum(label=Label() as label):
            return label
        case GroupedSum(label=Label() as label) | HowMany(label=Label() as label):
            return label
        case Share(label=Label() as label):
            return label
        case AttributeOf():
            return node.attribute.label
        case Picked() | Referred():
            kind = (node.kind if isinstance(node, Referred) else node.records.kind).label
            what = node.attribute.label
            return Label(f"{kind.zh}的{what.zh}", f"{what.en.lower()} of the {kind.en.lower()}")
        case Its(kind=kind, attribute=attribute):
            what, whose = attribute.label, kind.label
            return Label(f"該{whose.zh}的{what.zh}", f"their {what.en.lower()}")
        case PeriodStart():
            return Label("該期首日", "the first day of the period")
        case PeriodEnd():
            return Label("該期末日", "the last day of the period")
        case OfEach(records=of, each=each, fold=fold):
            who, how, whole = records_name(of), FOLDS[fold], _unwrapped(each)
            once = isinstance(whole, OfEachPeriod) and whole.fold is fold
            what = _yearly_name(whole) if once else name_of(whole)  # type: ignore[arg-type]  # is one
            return Label(f"每名{who.zh}{what.zh}{how.zh}", f"{what.en} of each {who.en}{how.en}")
        case OfEachPeriod(fold=fold):
            what, how = _yearly_name(node), FOLDS[fold]
            return Label(f"{what.zh}{how.zh}", f"{what.en}{how.en}")
        case HowMany(rules=rules):
            return Label(f"{len(rules)} 項中符合的項數", f"how many of {len(rules)} are met")
        case KnownIf(amount=known):
            return name_of(known)
        case Rank(method=method):
            how = RANKING_METHODS[method]
            return Label(f"名次（{how.zh}）", f"place ({how.en})")
        case Share(part=part, whole=whole):
            a, b = name_of(part), name_of(whole)
            if a == b:
                return Label(f"{a.zh}中符合者的比率", f"share of {a.en} that qualify")
            return Label(f"{a.zh}占{b.zh}的比率", f"{a.en} as a share of {b.en}")
        case YearOf(day=day):
            when = name_of(day)
            return Label(f"{when.zh}的西元年", f"calendar year of {when.en}")
        case AsOf():
            return Label("基準日", "the reference date")
        case AskedOn():
            return Label("查詢日", "the day of asking")
        case Count():
            return records_name(node.records)
        case Sum() | GroupedSum():
            return Label(
                f"{records_name(node.records).zh}合計", f"total of {records_name(node.records).en}"
            )
        case Amount():
            return quantity_text(Quantity(node.value, node.value, node.unit))
        case DayConst(day=day):
            return day_words(day)
        case Moved():
            return _moved_name(node)
        case DaysLater(day=day, number=number):
            a, b = name_of(day), name_of(number)
            return Label(f"{a.zh}加計{b.zh}之日", f"{a.en} plus {b.en}")
        case Ledger(records=of):
            what = records_name(of)
            return Label(f"{what.zh}計入數", f"what counts of {what.en}")
        case ListLength(value=listed):
            what = name_of(listed)
            return Label(f"{what.zh}項數", f"number of {what.en.lower()}")
        case ReachedOn(records=of, value=asked):
            name = records_name(of)
            return Label(
                f"{name.zh}的{asked.attribute.label.zh}累計足額之日",
                f"the day on which the {name.en} records add up to it",
            )
        case PerDay(records=of):
            name = records_name(of)
            return Label(f"按日計的{name.zh}", f"{name.en} by the day")
        case Elapsed(start=start, end=end):
            a, b = name_of(start), name_of(end)
            return Label(f"{a.zh}至{b.zh}的時間", f"time from {a.en} to {b.en}")
    inner = [name_of(part) for part in node.parts() if isinstance(part, Value)]
    return inner[0] if inner else Label("數額", "amount")


_EARLIER = {0: "當月", 1: "前一個月"}


def _unwrapped(node: AmountNode) -> AmountNode:
    """The amount itself, whatever has to be known for it and whichever clause gives it."""
    while isinstance(node, KnownIf | ClauseAmount):
        node = node.amount
    return node


def _yearly_name(node: OfEachPeriod) -> Label:
    what, period = name_of(node.each), node.period
    return Label(f"每滿 {period.zh}的{what.zh}", f"{what.en} in each {period.en}")


def _moved_name(node: Moved) -> Label:
    day, period = name_of(node.day), node.period
    match node.movement:
        case Movement.LOOK_BACK:
            return Label(f"{day.zh}回推 {period.zh}", f"{period.en} before {day.en}")
        case Movement.COMPLETION | Movement.COMPLETION_FIRST_DAY_EXCLUDED:
            return Label(f"{day.zh}起滿 {period.zh}之日", f"{period.en} complete since {day.en}")
        case Movement.LAST_DAY:
            return Label(f"{day.zh}起 {period.zh}的末日", f"last day of {period.en} from {day.en}")
        case Movement.DAYS_BEFORE:
            return Label(f"{day.zh}前 {period.zh}", f"{period.en} before {day.en}")
        case Movement.WORKDAYS_AFTER:
            working = f"{period.days} working days"
            return Label(f"{day.zh}後 {period.days} 個工作日", f"{working} after {day.en}")
        case (
            Movement.WORKDAYS_BEFORE
            | Movement.WORKDAYS_BEFORE_NO_MAKEUP
            | Movement.WORKDAYS_BEFORE_LABOUR_DAY
            | Movement.WORKDAYS_BEFORE_LABOUR_DAY_NO_MAKEUP
        ):
            working = f"{period.days} working days"
            return Label(f"{day.zh}前第 {period.days} 個工作日", f"{working} before {day.en}")
        case Movement.DAY_OF_EARLIER_MONTH:
            return Label(
                f"{day.zh}{_EARLIER.get(period.months, '之前')}的 {period.days} 日",
                f"the {period.days}th of {period.months} months before {day.en}",
            )
        case Movement.MONTH_END_ON_OR_AFTER:
            month = period.months
            return Label(
                f"{day.zh}起最近的 {month} 月底", f"next end of month {month} from {day.en}"
            )
        case Movement.NOT_A_HOLIDAY_ON_OR_AFTER:
            return Label(f"{day.zh}（遇國定假日順延）", f"{day.en}, or the next day not a holiday")
        case Movement.WORKDAY_ON_OR_AFTER:
            return Label(f"{day.zh}（遇休息日順延）", f"{day.en}, or the next working day")
        case Movement.FIRST_OF_YEAR:
            before = f"前 {period.years} 年" if period.years else "當年"
            years_before = f"{period.en} before " if period.years else "the year of "
            return Label(f"{day.zh}{before}的 1 月 1 日", f"1 January of {years_before}{day.en}")
        case Movement.SATURDAY_ON_OR_AFTER:
            return Label("星期六", "a Saturday")
    return Label(f"{day.zh}後 {period.zh}", f"{period.en} after {day.en}")


_MOST_CLAUSES = 8


def _by_clauses(ids: list[str]) -> Label:
    """The clauses that show something; of many, the first few."""
    zh, en = "、".join(ids), ", ".join(ids)
    if len(ids) > _MOST_CLAUSES:
        few = ids[:3]
        zh, en = f"{'、'.join(few)} 等 {len(ids)} 條", f"{', '.join(few)}… ({len(ids)} clauses)"
    return Label(f"依 {zh} 認定", f"as shown by {en}")


def records_name(of: RecordSet) -> Label:
    sets = of.sets if isinstance(of, Union) else (of,)
    kinds = list(dict.fromkeys(one.kind.label for one in sets if isinstance(one, Records)))
    return Label("或".join(k.zh for k in kinds), " or ".join(k.en.lower() for k in kinds))


def describe(rule: Rule) -> Label:
    """A requirement in a few words."""
    match rule:
        case Compare(left=left, op=op, right=right):
            a, b = name_of(left), name_of(right)
            return Label(f"{a.zh} {OPERATORS[op]} {b.zh}", f"{a.en} {OPERATORS[op]} {b.en}")
        case AnyRecord(records=of):
            name = records_name(of)
            return Label(f"有{name.zh}", f"has a {name.en}")
        case Every(records=of):
            name = records_name(of)
            return Label(f"每筆{name.zh}均符合", f"every {name.en}")
        case FromDifferentEvents(sets=sets):
            name = records_name(Union(sets))
            return Label(f"{name.zh}各來自不同活動", f"{name.en}, each from a different event")
        case Served(records=of, years=years):
            name = records_name(of)
            return Label(f"{name.zh}滿 {years} 年", f"{years} full years of {name.en}")
        case Judged(question=question, who=who):
            return Label(f"{question.zh}（由{who.zh}判斷）", f"{question.en} (for the {who.en})")
        case Not(rule=IsAbsent(value=asked)):
            what = name_of(asked)
            return Label(f"有{what.zh}", f"has {what.en.lower()}")
        case Not(rule=IsOneOf(value=asked, options=options)) if isinstance(asked, AttributeValue):
            what, need = name_of(asked), options_text(asked.attribute, options)
            return Label(f"{what.zh}不為「{need.zh}」", f"{what.en} is not {need.en}")
        case Not(rule=inner):
            text = describe(inner)
            return Label(f"非「{text.zh}」", f"not: {text.en}")
        case IsOneOf(value=asked, options=options) if isinstance(asked, AttributeValue):
            what, need = name_of(asked), options_text(asked.attribute, options)
            return Label(f"{what.zh}為「{need.zh}」", f"{what.en} is {need.en}")
        case Includes(value=asked, options=options) if isinstance(asked, AttributeValue):
            what, need = name_of(asked), shown_value(asked.attribute, options)
            return Label(f"{what.zh}含「{need.zh}」", f"{what.en} includes {need.en}")
        case Contains(value=asked, text=text):
            what = name_of(asked)
            return Label(f"{what.zh}含「{text}」", f"{what.en} has “{text}” in it")
        case IsAbsent(value=asked):
            what = name_of(asked)
            return Label(f"無{what.zh}", f"no {what.en.lower()}")
        case Related(others=of):
            name = records_name(of)
            return Label(f"有相應的{name.zh}", f"has a matching {name.en}")
        case During(day=day, records=of):
            what, name = name_of(day), records_name(of)
            return Label(f"{what.zh}在{name.zh}期間內", f"{what.en} lies within a {name.en}")
        case EachOne(records=of, rule=inner, quantifier=quantifier):
            who, what, how = records_name(of), describe(inner), QUANTIFIERS[quantifier]
            return Label(f"{how.zh}{who.zh}：{what.zh}", f"{how.en} {who.en}: {what.en}")
        case EachPeriod(period=period, rule=inner, quantifier=quantifier):
            what, how = describe(inner), QUANTIFIERS[quantifier]
            return Label(
                f"{how.zh}完整的 {period.zh}：{what.zh}",
                f"{how.en} complete period of {period.en}: {what.en}",
            )
        case InCycle():
            return Label("兩兩比較時循環，分不出先後", "compared two at a time, it is in a circle")
        case Tied():
            return Label("與他者總分、順位都相同", "equal to another in total and priority")
        case Within(day=day):
            what = name_of(day)
            return Label(f"{what.zh}在期間內", f"{what.en} lies in the window")
        case Named(label=label):
            return label
        case ShownBy(rule=inner):
            return _by_clauses(sorted(clause_ids(inner)))
        case ClauseRule(rule=inner) | Presumed(rule=inner):
            return describe(inner)
        case AllOf(rules=rules):
            texts = [describe(part) for part in rules]
            return Label("且".join(t.zh for t in texts), " and ".join(t.en for t in texts))
        case AnyOf(rules=rules):
            texts = [describe(part) for part in rules]
            return Label("或".join(t.zh for t in texts), " or ".join(t.en for t in texts))
    return Label("條件", "condition")
