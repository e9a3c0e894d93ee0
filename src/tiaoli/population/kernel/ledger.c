/* How caps are shared out: ``allotment.total`` on the words that a program keeps of each record.

   Several totals may be made of the same lines, that add up others of them. A line is: whether it
   comes after those that go first, its day, its number, what is true of it (and of each total
   whether it is added, and whether it may be),
   then raw, raw_high, factor, factor_high and most in two words each, and three keys (number,
   whether it is alone, and a pair for each value): of its room, of the group of which only one
   counts, and of the pool that is rounded together. */

enum { TURN = 3, TRUTHS = 3, RAW = 4, RAW_HIGH = 6, FACTOR = 8, FACTOR_HIGH = 10, MOST = 12 };
enum { KEYS = 14 };
enum { INSIDE = 1, RAW_LIMITED = 2, FACTOR_LIMITED = 4, HIGHEST = 8, KNOWN = 16, FIRST_TOTAL = 5 };

struct ledger {
  wide low, high;
  uint8_t limited;
};

/* What is possible may be without limit. */
struct most {
  wide number;
  int unlimited;
};

/* What is gathered for one cap. */
struct room {
  wide most, fill, possible_fill, least_factor, greatest_factor;
  wide cut;                     /* what rounding may take of it */
  int64_t number_possible;
  struct most taken;
  int any, any_possible, possible_unlimited, factor_unlimited;
};

struct lines {
  int64_t n, width;
  const int64_t *words;
  int64_t *kept, kept_n, *mark; /* the numbers of the lines that have to do with the total */
  int64_t *room, *single, *pool; /* by line: the number of its cap, group and pool; -1: none */
  int64_t *counted, *winner;    /* by group: how many lines, and the line that counts */
  wide *left, *pooled;          /* by cap, by pool */
  wide step;
  struct room *rooms;
  struct trouble *t;
  int64_t s, where;
  int cap_first, more;
  int64_t added, counts; /* what is true of a line that is added; that is, or may be */
};

static inline const int64_t *line(const struct lines *l, int64_t i) {
  return l->words + i * l->width;
}
static inline int is(const struct lines *l, int64_t i, int64_t truth) {
  return (line(l, i)[TRUTHS] & truth) != 0;
}
static inline wide number(const struct lines *l, int64_t i, int64_t at) {
  return wide_at(line(l, i) + at);
}
static inline wide plus(const struct lines *l, wide a, wide b) {
  return watched_add(a, b, l->t, l->s, l->where);
}
static inline wide times(const struct lines *l, wide a, wide b) {
  return watched_mul(a, b, l->t, l->s, l->where);
}

static inline struct most raw_high(const struct lines *l, int64_t i) {
  return (struct most){number(l, i, RAW_HIGH), !is(l, i, RAW_LIMITED)};
}

static struct most product(const struct lines *l, int64_t i) {
  struct most raw = raw_high(l, i);
  struct most factor = {number(l, i, FACTOR_HIGH), !is(l, i, FACTOR_LIMITED)};
  if ((!raw.unlimited && raw.number == 0) || (!factor.unlimited && factor.number == 0))
    return (struct most){0, 0};
  if (raw.unlimited || factor.unlimited) return (struct most){0, 1};
  return (struct most){times(l, raw.number, factor.number), 0};
}

static inline wide worth(const struct lines *l, int64_t i) {
  return times(l, number(l, i, RAW), number(l, i, FACTOR));
}

/* Truncated to whole steps; of no step, as it is. */
static inline wide in_steps(const struct lines *l, wide number) {
  if (l->step == 0) return number;
  return times(l, wide_divided(number, l->step, l->t, l->s, l->where), l->step);
}

/* What a number adds to the whole steps of what was there before. */
static inline wide added_to(const struct lines *l, wide before, wide number) {
  wide after = in_steps(l, plus(l, before, number));
  return watched_sub(after, in_steps(l, before), l->t, l->s, l->where);
}

/* Raw times factor in whole steps; with others in a pool it may round up to one step more. */
static struct most worth_high(const struct lines *l, int64_t i) {
  struct most high = product(l, i);
  if (high.unlimited) return high;
  wide extra = is(l, i, KNOWN) && l->pool[i] < 0 ? 0 : l->step;
  return (struct most){plus(l, in_steps(l, high.number), extra), 0};
}
static inline struct most want_high(const struct lines *l, int64_t i) {
  return l->cap_first ? raw_high(l, i) : worth_high(l, i);
}
static inline wide want_low(const struct lines *l, int64_t i) {
  return l->cap_first ? number(l, i, RAW) : in_steps(l, worth(l, i));
}
static inline struct most sum(const struct lines *l, struct most a, struct most b) {
  if (a.unlimited || b.unlimited) return (struct most){0, 1};
  return (struct most){plus(l, a.number, b.number), 0};
}

/* Numbers for the keys at ``key`` of every line: equal ones for equal keys. */
static void numbered(struct lines *l, int64_t *words, int64_t key, int64_t size, int64_t *into,
                     int64_t *table, int64_t slots) {
  for (int64_t i = 0; i < slots; i++) table[i] = -1;
  for (int64_t i = 0; i < l->n; i++) {
    int64_t *mine = words + i * l->width + key;
    into[i] = -1;
    if (!is(l, i, KNOWN) || size == 0 || mine[0] < 0) continue;
    if (mine[1]) { /* by itself: its own number stands for the values */
      for (int64_t k = 2; k < size; k++) mine[k] = 0;
      mine[1] = line(l, i)[2] + 1;
    }
    uint64_t hash = 1469598103934665603u;
    for (int64_t k = 0; k < size; k++) {
      hash = (hash ^ (uint64_t)mine[k]) * 1099511628211u;
      hash ^= hash >> 29;
    }
    int64_t at = (int64_t)(hash & (uint64_t)(slots - 1));
    while (table[at] >= 0 && compared(line(l, table[at]) + key, mine, size) != 0)
      at = (at + 1) & (slots - 1);
    if (table[at] < 0) table[at] = i;
    into[i] = table[at];
  }
}

/* A line that is not added is left out unless another that is, or may be, shares with it. */
static void keep(struct lines *l) {
  int64_t *const rooms = l->counted, *const singles = l->winner, *const pools = l->mark;
  int64_t counts = 0;
  for (int64_t i = 0; i < l->n; i++) counts += is(l, i, l->counts);
  l->kept_n = 0;
  if (counts == l->n) {
    for (int64_t i = 0; i < l->n; i++) l->kept[l->kept_n++] = i;
    return;
  }
  for (int64_t i = 0; i < l->n; i++) rooms[i] = singles[i] = pools[i] = 0;
  for (int64_t i = 0; i < l->n && counts; i++) {
    if (!is(l, i, l->counts)) continue;
    if (l->room[i] >= 0) rooms[l->room[i]] = 1;
    if (l->single[i] >= 0) singles[l->single[i]] = 1;
    if (l->pool[i] >= 0) pools[l->pool[i]] = 1;
  }
  for (int64_t i = 0; i < l->n; i++) {
    int matters = is(l, i, l->counts) || !is(l, i, KNOWN);
    if (!matters && l->room[i] >= 0) matters = rooms[l->room[i]] != 0;
    if (!matters && l->single[i] >= 0) matters = singles[l->single[i]] != 0;
    if (!matters && l->pool[i] >= 0) matters = pools[l->pool[i]] != 0;
    l->kept[l->kept_n] = i;
    l->kept_n += matters;
  }
}

static int is_exact(const struct lines *l, int64_t i) {
  int settled = is(l, i, INSIDE) && is(l, i, KNOWN) && (is(l, i, l->added) || !is(l, i, l->counts));
  return settled && is(l, i, RAW_LIMITED) && number(l, i, RAW) == number(l, i, RAW_HIGH) &&
         is(l, i, FACTOR_LIMITED) && number(l, i, FACTOR) == number(l, i, FACTOR_HIGH);
}

static int is_better(const struct lines *l, int64_t i, int64_t best) {
  return is(l, i, HIGHEST) && worth(l, i) > worth(l, best);
}

/* What the cap of a line, if it has one, has left for it. */
static wide given_to(struct lines *l, int64_t i, wide want) {
  int64_t room = l->room[i];
  if (room < 0) return want;
  if (l->left[room] == LEAST_WIDE) l->left[room] = number(l, i, MOST);
  wide given = LEAST(want, l->left[room]);
  l->left[room] = watched_sub(l->left[room], given, l->t, l->s, l->where);
  return given;
}

/* All is known: each line in turn gets what its cap has left. */
static wide shared_out(struct lines *l) {
  wide found = 0;
  for (int64_t k = 0; k < l->kept_n; k++) {
    int64_t i = l->kept[k];
    if (l->single[i] >= 0) l->winner[l->single[i]] = -1;
    if (l->room[i] >= 0) l->left[l->room[i]] = LEAST_WIDE;
    if (l->pool[i] >= 0) l->pooled[l->pool[i]] = 0;
  }
  for (int64_t k = 0; k < l->kept_n; k++) {
    int64_t i = l->kept[k], group = l->single[i];
    if (group >= 0 && (l->winner[group] < 0 || is_better(l, i, l->winner[group])))
      l->winner[group] = i;
  }
  for (int64_t k = 0; k < l->kept_n; k++) {
    int64_t i = l->kept[k], pool = l->pool[i];
    if (l->single[i] >= 0 && l->winner[l->single[i]] != i) continue; /* it is repeated */
    wide before = pool < 0 ? 0 : l->pooled[pool], all = worth(l, i), counted;
    if (l->cap_first) {
      all = times(l, given_to(l, i, number(l, i, RAW)), number(l, i, FACTOR));
      counted = added_to(l, before, all);
    } else {
      counted = given_to(l, i, added_to(l, before, all));
    }
    if (pool >= 0) l->pooled[pool] = plus(l, before, all);
    if (is(l, i, l->added)) found = plus(l, found, counted);
  }
  return found;
}

static int may_repeat(const struct lines *l, int64_t i, int64_t unknown) {
  return l->single[i] >= 0 && (unknown > 0 || l->counted[l->single[i]] > 1);
}

static void into_room(struct lines *l, int64_t i, int64_t unknown) {
  struct room *r = &l->rooms[l->room[i]];
  wide factor = number(l, i, FACTOR);
  r->most = number(l, i, MOST);
  r->least_factor = r->any ? LEAST(r->least_factor, factor) : factor;
  r->any = 1;
  if (is(l, i, INSIDE) && !may_repeat(l, i, unknown)) {
    wide low = want_low(l, i);
    r->fill = plus(l, r->fill, low);
    if (low != 0) r->cut = plus(l, r->cut, l->step);
  }
  struct most high = want_high(l, i);
  if (!is(l, i, l->added)) r->taken = sum(l, r->taken, high);
  if (!is(l, i, l->counts)) return;
  struct most before = {r->possible_fill, r->possible_unlimited}, after = sum(l, before, high);
  r->possible_fill = after.number;
  r->possible_unlimited = after.unlimited;
  wide greatest = number(l, i, FACTOR_HIGH);
  r->greatest_factor = r->any_possible ? GREATEST(r->greatest_factor, greatest) : greatest;
  r->factor_unlimited |= !is(l, i, FACTOR_LIMITED);
  r->any_possible = 1;
  r->number_possible++;
}

/* What is left of a cap's certain fill once others have taken all that they might. */
static wide certain_of(struct lines *l, const struct room *r, const struct room *unplaced) {
  struct most taken = sum(l, r->taken, unplaced->taken);
  if (taken.unlimited || l->more) return 0;
  wide fill = LEAST(r->fill, r->most);
  wide certain = GREATEST(0, watched_sub(fill, taken.number, l->t, l->s, l->where));
  if (!l->cap_first) return certain;
  wide factor = r->least_factor;
  if (unplaced->any) factor = LEAST(factor, unplaced->least_factor);
  return GREATEST(0, watched_sub(times(l, certain, factor), r->cut, l->t, l->s, l->where));
}

static struct most possible_of(struct lines *l, const struct room *r) {
  if (!r->any_possible) return (struct most){0, 0};
  wide possible = r->possible_unlimited ? r->most : LEAST(r->possible_fill, r->most);
  if (!l->cap_first) return (struct most){possible, 0};
  if (r->factor_unlimited) return (struct most){0, 1};
  wide steps = times(l, l->step, r->number_possible);
  return (struct most){plus(l, times(l, possible, r->greatest_factor), steps), 0};
}

/* Something is not known: only bounds. */
static struct ledger bounded(struct lines *l) {
  wide low = 0;
  struct most high = {0, l->more};
  struct room unplaced = {0};
  int64_t unknown = 0;
  for (int64_t k = 0; k < l->kept_n; k++) {
    int64_t i = l->kept[k];
    if (l->room[i] >= 0) l->rooms[l->room[i]] = (struct room){0};
    if (l->single[i] >= 0) l->counted[l->single[i]] = 0;
  }
  for (int64_t k = 0; k < l->kept_n; k++) {
    int64_t i = l->kept[k];
    if (l->single[i] >= 0) l->counted[l->single[i]]++;
    if (is(l, i, KNOWN)) continue;
    wide factor = number(l, i, FACTOR);
    unplaced.least_factor = unplaced.any ? LEAST(unplaced.least_factor, factor) : factor;
    unplaced.any = 1;
    unknown++;
    if (!is(l, i, l->added)) unplaced.taken = sum(l, unplaced.taken, want_high(l, i));
  }
  for (int64_t k = 0; k < l->kept_n; k++) {
    int64_t i = l->kept[k];
    if (l->room[i] >= 0) {
      into_room(l, i, unknown);
      continue;
    }
    if (is(l, i, INSIDE) && is(l, i, l->added) && is(l, i, KNOWN) && !may_repeat(l, i, unknown))
      low = plus(l, low, in_steps(l, worth(l, i)));
    if (is(l, i, l->counts)) high = sum(l, high, worth_high(l, i));
  }
  for (int64_t k = 0; k < l->kept_n; k++) {
    int64_t i = l->kept[k];
    if (l->room[i] < 0 || !l->rooms[l->room[i]].any) continue;
    struct room *r = &l->rooms[l->room[i]];
    low = plus(l, low, certain_of(l, r, &unplaced));
    high = sum(l, high, possible_of(l, r));
    r->any = 0; /* once for each cap */
  }
  return (struct ledger){low, high.unlimited ? 0 : high.number, !high.unlimited};
}

/* The lines in turn, and by line its cap, group and pool: the same for all totals. */
static struct lines *ready_of(struct heap *h, int64_t rooms, int64_t singles, int64_t pools) {
  int64_t width = KEYS + rooms + singles + pools, n = h->n / width, slots = 4;
  while (slots < 2 * n) slots *= 2;
  size_t each = 7 * sizeof(int64_t) + 2 * sizeof(wide) + sizeof(struct room);
  int64_t size = (int64_t)(sizeof(struct lines) + 16 + (size_t)n * each +
                           (size_t)slots * sizeof(int64_t));
  if (size > h->scratch_room) {
    char *scratch = realloc(h->scratch, (size_t)(2 * size));
    if (!scratch) return 0;
    h->scratch = scratch;
    h->scratch_room = 2 * size;
  }
  if (!sorted(h->words, n, width, TURN)) return 0;
  struct lines *l = (struct lines *)h->scratch;
  *l = (struct lines){.n = n, .width = width, .words = h->words};
  l->rooms = (struct room *)(h->scratch + (sizeof(struct lines) + 15) / 16 * 16);
  l->left = (wide *)(l->rooms + n);
  l->pooled = l->left + n;
  l->kept = (int64_t *)(l->pooled + n);
  l->mark = l->kept + n;
  l->room = l->mark + n;
  l->single = l->room + n;
  l->pool = l->single + n;
  l->counted = l->pool + n;
  l->winner = l->counted + n;
  int64_t *table = l->winner + n;
  numbered(l, h->words, KEYS, rooms, l->room, table, slots);
  numbered(l, h->words, KEYS + rooms, singles, l->single, table, slots);
  numbered(l, h->words, KEYS + rooms + singles, pools, l->pool, table, slots);
  h->ready = 1;
  return l;
}

/* ``rooms``, ``singles``, ``pools``: how many words their keys have; ``total``: which of them. */
static MAYBE struct ledger ledger_of(struct heap *h, int64_t rooms, int64_t singles, int64_t pools,
                                     int cap_first, int more, wide step, int total,
                                     struct trouble *t, int64_t s, int64_t where) {
  struct ledger none = {0, 0, 1};
  if (h->n == 0) return none;
  struct lines *l = h->ready ? (struct lines *)h->scratch : ready_of(h, rooms, singles, pools);
  if (!l) {
    fail(t, MEMORY, s, where, 0, -1);
    return none;
  }
  l->t = t, l->s = s, l->where = where;
  l->cap_first = cap_first, l->more = more, l->step = step;
  l->added = (int64_t)1 << (FIRST_TOTAL + 2 * total);
  l->counts = 3 * l->added;
  keep(l);
  int exact = !more;
  for (int64_t k = 0; k < l->kept_n && exact; k++) exact = is_exact(l, l->kept[k]);
  if (!exact) return bounded(l);
  wide found = shared_out(l);
  return (struct ledger){found, found, 1};
}
