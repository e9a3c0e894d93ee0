/* How caps are shared out: ``allotment.total`` on the words that a program keeps of each record.

   A line is: whether it comes after those that go first, its day, its number, what is true of it,
   then raw, raw_high, factor, factor_high and most in two words each, the key of its room (number,
   whether it is alone, and a pair for each value), that of the group of which only one counts, and
   that of those with which it is truncated. */

enum { TURN = 3, TRUTHS = 3, RAW = 4, RAW_HIGH = 6, FACTOR = 8, FACTOR_HIGH = 10, MOST = 12 };
enum { KEYS = 14 };
enum {
  INSIDE = 1, ADDED = 2, MAY_BE_ADDED = 4, RAW_LIMITED = 8, FACTOR_LIMITED = 16, HIGHEST = 32,
  KNOWN = 64
};

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
  wide most, fill, cut, possible_fill, possible_lines, least_factor, greatest_factor;
  struct most taken;
  int any, any_possible, possible_unlimited, factor_unlimited;
};

struct lines {
  int64_t n, width;
  const int64_t *words;
  int64_t *kept, kept_n;        /* the numbers of the lines that have to do with the total */
  int64_t *room, *single, *pool; /* by line: number of its cap, of its group, of its pool; or -1 */
  int64_t *counted, *winner;    /* by group: how many lines, and the line that counts */
  int64_t *wanted;              /* by pool */
  wide *left, *before;          /* by cap, and by pool */
  wide step;                    /* to what is truncated; 0: to nothing */
  struct room *rooms;
  struct trouble *t;
  int64_t s, where;
  int cap_first, more;
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

static inline wide in_steps(const struct lines *l, wide a) {
  return l->step > 0 ? a / l->step * l->step : a;
}
/* What a number adds to the whole steps of what was there before. */
static inline wide added_to(const struct lines *l, wide before, wide a) {
  return in_steps(l, plus(l, before, a)) - in_steps(l, before);
}
static inline wide raw_times_factor(const struct lines *l, int64_t i) {
  return times(l, number(l, i, RAW), number(l, i, FACTOR));
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
  return l->cap_first ? number(l, i, RAW) : in_steps(l, raw_times_factor(l, i));
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
  for (int64_t i = 0; i < l->n; i++) l->counted[i] = l->winner[i] = l->wanted[i] = 0;
  for (int64_t i = 0; i < l->n; i++) {
    if (!is(l, i, ADDED | MAY_BE_ADDED)) continue;
    if (l->room[i] >= 0) l->counted[l->room[i]] = 1;
    if (l->single[i] >= 0) l->winner[l->single[i]] = 1;
    if (l->pool[i] >= 0) l->wanted[l->pool[i]] = 1;
  }
  l->kept_n = 0;
  for (int64_t i = 0; i < l->n; i++) {
    int shares = (l->room[i] >= 0 && l->counted[l->room[i]]) ||
                 (l->single[i] >= 0 && l->winner[l->single[i]]) ||
                 (l->pool[i] >= 0 && l->wanted[l->pool[i]]);
    if (is(l, i, ADDED | MAY_BE_ADDED) || !is(l, i, KNOWN) || shares) l->kept[l->kept_n++] = i;
  }
}

static int is_exact(const struct lines *l, int64_t i) {
  int settled = is(l, i, INSIDE) && is(l, i, KNOWN) && is(l, i, ADDED) >= is(l, i, MAY_BE_ADDED);
  return settled && is(l, i, RAW_LIMITED) && number(l, i, RAW) == number(l, i, RAW_HIGH) &&
         is(l, i, FACTOR_LIMITED) && number(l, i, FACTOR) == number(l, i, FACTOR_HIGH);
}

/* Of each group the line that counts: the earliest, or the highest. */
static void choose(struct lines *l) {
  for (int64_t k = 0; k < l->kept_n; k++)
    if (l->single[l->kept[k]] >= 0) l->winner[l->single[l->kept[k]]] = -1;
  for (int64_t k = 0; k < l->kept_n; k++) {
    int64_t i = l->kept[k], group = l->single[i];
    if (group < 0) continue;
    int64_t best = l->winner[group];
    if (best < 0 || (is(l, i, HIGHEST) && raw_times_factor(l, i) > raw_times_factor(l, best)))
      l->winner[group] = i;
  }
}

/* All is known: each line in turn gets what its cap has left. */
static wide shared_out(struct lines *l) {
  wide found = 0;
  choose(l);
  for (int64_t k = 0; k < l->kept_n; k++) {
    int64_t i = l->kept[k];
    if (l->room[i] >= 0) l->left[l->room[i]] = LEAST_WIDE;
    if (l->pool[i] >= 0) l->before[l->pool[i]] = 0;
  }
  for (int64_t k = 0; k < l->kept_n; k++) {
    int64_t i = l->kept[k], room = l->room[i];
    if (l->single[i] >= 0 && l->winner[l->single[i]] != i) continue;
    wide before = l->pool[i] >= 0 ? l->before[l->pool[i]] : 0;
    wide multiplied = raw_times_factor(l, i);
    wide kept = l->cap_first ? number(l, i, RAW) : added_to(l, before, multiplied);
    if (room >= 0) {
      if (l->left[room] == LEAST_WIDE) l->left[room] = number(l, i, MOST);
      kept = LEAST(kept, l->left[room]);
      l->left[room] = watched_sub(l->left[room], kept, l->t, l->s, l->where);
    }
    if (l->cap_first) {
      multiplied = times(l, kept, number(l, i, FACTOR));
      kept = added_to(l, before, multiplied);
    }
    if (l->pool[i] >= 0) l->before[l->pool[i]] = plus(l, before, multiplied);
    if (is(l, i, ADDED)) found = plus(l, found, kept);
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
    if (low) r->cut = plus(l, r->cut, l->step);
  }
  struct most high = want_high(l, i);
  if (!is(l, i, ADDED)) r->taken = sum(l, r->taken, high);
  if (!is(l, i, ADDED | MAY_BE_ADDED)) return;
  struct most before = {r->possible_fill, r->possible_unlimited}, after = sum(l, before, high);
  r->possible_fill = after.number;
  r->possible_unlimited = after.unlimited;
  wide greatest = number(l, i, FACTOR_HIGH);
  r->greatest_factor = r->any_possible ? GREATEST(r->greatest_factor, greatest) : greatest;
  r->factor_unlimited |= !is(l, i, FACTOR_LIMITED);
  r->possible_lines++;
  r->any_possible = 1;
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
  wide rounded = times(l, l->step, r->possible_lines);
  return (struct most){plus(l, times(l, possible, r->greatest_factor), rounded), 0};
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
    if (!is(l, i, ADDED)) unplaced.taken = sum(l, unplaced.taken, want_high(l, i));
  }
  for (int64_t k = 0; k < l->kept_n; k++) {
    int64_t i = l->kept[k];
    if (l->room[i] >= 0) {
      into_room(l, i, unknown);
      continue;
    }
    if (is(l, i, INSIDE) && is(l, i, ADDED) && is(l, i, KNOWN) && !may_repeat(l, i, unknown))
      low = plus(l, low, in_steps(l, raw_times_factor(l, i)));
    if (is(l, i, ADDED | MAY_BE_ADDED)) high = sum(l, high, worth_high(l, i));
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

/* ``rooms``, ``singles`` and ``pools``: how many words their keys have. */
static MAYBE struct ledger ledger_of(struct heap *h, int64_t rooms, int64_t singles, int64_t pools,
                                     int cap_first, int more, wide step, struct trouble *t,
                                     int64_t s, int64_t where) {
  int64_t width = KEYS + rooms + singles + pools, n = h->n / width, slots = 4;
  struct ledger none = {0, 0, 1};
  if (n == 0) return none;
  while (slots < 2 * n) slots *= 2;
  size_t each = 7 * sizeof(int64_t) + 2 * sizeof(wide) + sizeof(struct room);
  char *memory = malloc((size_t)n * each + (size_t)slots * sizeof(int64_t));
  if (!memory || !sorted(h->words, n, width, TURN)) {
    free(memory);
    fail(t, MEMORY, s, where, 0, -1);
    return none;
  }
  struct lines l = {.n = n, .width = width, .words = h->words, .t = t, .s = s, .where = where,
                    .cap_first = cap_first, .more = more, .step = step};
  l.rooms = (struct room *)memory;
  l.left = (wide *)(l.rooms + n);
  l.before = l.left + n;
  l.kept = (int64_t *)(l.before + n);
  l.room = l.kept + n;
  l.single = l.room + n;
  l.pool = l.single + n;
  l.counted = l.pool + n;
  l.winner = l.counted + n;
  l.wanted = l.winner + n;
  int64_t *table = l.wanted + n;
  numbered(&l, h->words, KEYS, rooms, l.room, table, slots);
  numbered(&l, h->words, KEYS + rooms, singles, l.single, table, slots);
  numbered(&l, h->words, KEYS + rooms + singles, pools, l.pool, table, slots);
  keep(&l);
  int exact = !more;
  for (int64_t k = 0; k < l.kept_n && exact; k++) exact = is_exact(&l, l.kept[k]);
  struct ledger found;
  if (exact) {
    wide total = shared_out(&l);
    found = (struct ledger){total, total, 1};
  } else {
    found = bounded(&l);
  }
  free(memory);
  return found;
}
