"""How places for residents are shared out among programmes: weights, totals, the round itself."""

from tiaoli.facts.kinds import Label, Unit, day, kind, number, text, whole, yes_no
from tiaoli.facts.vocabulary.programme_resources import consensus_score

item_weight = kind(
    "item_weight",
    "配分",
    "Weight of an item",
    happens="from_date",
    item=consensus_score.attributes["item"],
    weight=number("配分", "Weight"),
    from_date=day("適用起日", "From").optional(),
    source=text("出處", "Source").optional(),
)

allocation_round = kind(
    "allocation_round",
    "容額分配",
    "Allocation round",
    subject=True,
    name=text("名稱", "Name").optional(),
    quota_total=whole("容額總數", "Places in all", Unit.PERSON),
    quota_cap=whole("每計畫上限", "Most places for one programme", Unit.PERSON).optional(),
)

contender = kind(
    "contender",
    "參加分配的計畫",
    "Contender",
    happens="entered_date",
    programme=text("計畫", "Programme"),
    total=number("第二階段總分", "Stage-two total", Unit.POINT),
    self_trained=whole("自行訓練項數", "Services trained in itself"),
    passed=yes_no("達最低及格標準", "Meets the minimum standard"),
    twos_only=yes_no("僅因2級項數過多而未及格", "Fails only by too many twos").optional(),
    specialists=whole("核醫專科醫師人數", "Specialists", Unit.PERSON),
    places_requested=whole("申請容額", "Places requested", Unit.PERSON).optional(),
    places_awarded=whole("核定容額", "Places awarded", Unit.PERSON).optional(),
    entered_date=day("登錄日", "Entered on").optional(),
)

LABEL = Label("容額", "Allocation of places")

KINDS = (item_weight, allocation_round, contender)
