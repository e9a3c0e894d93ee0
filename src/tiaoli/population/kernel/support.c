/* What every program has before it: days that are moved, and what is worked out of many records. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef __int128 wide;
typedef unsigned __int128 uwide;

#define LEAST_WIDE ((wide)((uwide)1 << 127))
#define GREATEST_WIDE (~LEAST_WIDE)
#define LEAST(a, b) ((a) < (b) ? (a) : (b))
#define GREATEST(a, b) ((a) > (b) ? (a) : (b))
#define RARELY(x) __builtin_expect(!!(x), 0)
#define RARE __attribute__((noinline, cold, unused))
#define APART __attribute__((noinline))
#define MAYBE __attribute__((unused))
#define LAST_DAY 3652059

/* A table of days: ``to[(turn - first_turn) * stride + day - first]``; 0 where there is no such
   day. */
struct moves {
  const int32_t *to;
  int64_t stride, first, days, first_turn, turns;
};

struct input {
  const void *const *arrays;
  const int64_t *numbers;
  const struct moves *moves;
};

/* What could not be worked out, for which subject; ``where`` and ``value`` say more of it. */
enum { FINE, MOVED, LATER, TOO_GREAT, NO_DIVISOR, BACKWARDS, MEMORY };
struct trouble {
  int64_t what, subject, where, value, turn;
};

static RARE void fail(struct trouble *t, int64_t what, int64_t subject, int64_t where,
                      int64_t value, int64_t turn) {
  if (t->what != FINE) return;
  *t = (struct trouble){what, subject, where, value, turn};
}

/* Days: none is 0 or less */

static RARE int32_t not_moved(struct trouble *t, int64_t s, int64_t where, int32_t day,
                              int64_t turn) {
  if (day > 0) fail(t, MOVED, s, where, day, turn);
  return 0;
}

static inline MAYBE int32_t moved(const struct moves *m, int32_t day, struct trouble *t, int64_t s,
                                  int64_t where) {
  uint64_t at = (uint64_t)((int64_t)day - m->first);
  int32_t to = at < (uint64_t)m->days ? m->to[at] : 0;
  return RARELY(to == 0) ? not_moved(t, s, where, day, -1) : to;
}

static inline MAYBE int32_t nth(const struct moves *m, int32_t day, int64_t turn,
                                struct trouble *t, int64_t s, int64_t where) {
  uint64_t at = (uint64_t)((int64_t)day - m->first), number = (uint64_t)(turn - m->first_turn);
  int there = at < (uint64_t)m->days && number < (uint64_t)m->turns;
  int32_t to = there ? m->to[(int64_t)number * m->stride + (int64_t)at] : 0;
  return RARELY(to == 0) ? not_moved(t, s, where, day, turn) : to;
}

static inline MAYBE int32_t later(int32_t day, wide number, struct trouble *t, int64_t s,
                                  int64_t where) {
  if (day <= 0) return 0;
  wide to = day + number;
  if (RARELY(to < 1 || to > LAST_DAY)) {
    fail(t, LATER, s, where, day, -1);
    return 0;
  }
  return (int32_t)to;
}

static inline MAYBE int32_t day_of(int64_t moment, int64_t closes) {
  if (moment < 0) return 0;
  return (int32_t)(moment / 86400 + 1 + (closes >= 0 && moment % 86400 > closes));
}

static inline MAYBE int64_t minutes_between(int64_t first, int64_t last) {
  return first < 0 || last < first ? 0 : (last - first) / 60;
}

/* The year of an ordinal: eras of 400 years that begin with the first of March. */
static inline MAYBE int64_t year_of(int32_t day) {
  if (day <= 0) return 0;
  uint32_t n = (uint32_t)day + 305;
  uint32_t era = n / 146097, in_era = n % 146097;
  uint32_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  uint32_t in_year = in_era - (365 * year + year / 4 - year / 100);
  return (int64_t)(era * 400 + year + (in_year >= 306));
}

/* Whole numbers */

static inline MAYBE int64_t narrow(wide number, struct trouble *t, int64_t s, int64_t where) {
  if (RARELY(number != (int64_t)number)) fail(t, TOO_GREAT, s, where, 0, -1);
  return (int64_t)number;
}

#define WATCHED(name, builtin)                                                                   \
  static inline MAYBE wide name(wide a, wide b, struct trouble *t, int64_t s, int64_t where) {   \
    wide found = 0;                                                                              \
    if (RARELY(builtin(a, b, &found))) fail(t, TOO_GREAT, s, where, 0, -1);                      \
    return found;                                                                                \
  }
WATCHED(watched_add, __builtin_add_overflow)
WATCHED(watched_sub, __builtin_sub_overflow)
WATCHED(watched_wide_mul, __builtin_mul_overflow)

/* Of two that have 64 bits each the product has 128. */
static inline MAYBE wide watched_mul(wide a, wide b, struct trouble *t, int64_t s, int64_t where) {
  if (a == (int64_t)a && b == (int64_t)b) return (wide)(int64_t)a * (int64_t)b;
  return watched_wide_mul(a, b, t, s, where);
}

static inline MAYBE int64_t divided(int64_t a, int64_t b, struct trouble *t, int64_t s,
                                    int64_t where) {
  if (RARELY(b == 0)) {
    fail(t, NO_DIVISOR, s, where, 0, -1);
    return 0;
  }
  if (b == -1) return (int64_t)(0 - (uint64_t)a);
  int64_t q = a / b;
  return q - (a % b != 0 && (a < 0) != (b < 0));
}

static inline MAYBE wide wide_divided(wide a, wide b, struct trouble *t, int64_t s,
                                      int64_t where) {
  if (a == (int64_t)a && b == (int64_t)b && b != -1)
    return divided((int64_t)a, (int64_t)b, t, s, where);
  if (RARELY(b == 0)) {
    fail(t, NO_DIVISOR, s, where, 0, -1);
    return 0;
  }
  wide q = a / b;
  return q - (a % b != 0 && (a < 0) != (b < 0));
}

/* Lists of texts */

static inline MAYBE uint8_t holds(const int32_t *codes, int64_t from, int64_t until, int32_t text) {
  uint8_t found = 0;
  for (int64_t i = from; i < until; i++) found |= codes[i] == text;
  return found;
}

static inline MAYBE uint8_t holds_option(const int32_t *codes, int64_t options, int64_t bits,
                                         int32_t text) {
  uint8_t found = 0;
  for (int64_t i = 0; i < options; i++) found |= (codes[i] == text) & (uint8_t)(bits >> i & 1);
  return found;
}

/* What is kept of many records: words of 64 bits, so many for each record */

struct heap {
  int64_t n, room;
  int64_t *words;
  int64_t ready, scratch_room; /* whether what a ledger needs of the words stands in ``scratch`` */
  char *scratch;
};

static RARE int grown(struct heap *h, int64_t needed) {
  int64_t room = GREATEST(needed, 2 * h->room);
  int64_t *words = realloc(h->words, (size_t)GREATEST(room, 64) * sizeof(int64_t));
  if (!words) return 0;
  h->words = words;
  h->room = GREATEST(room, 64);
  return 1;
}

/* Room for so many words more. */
static inline MAYBE int reserve(struct heap *h, int64_t more) {
  return !RARELY(h->n + more > h->room) || grown(h, h->n + more);
}

static inline MAYBE wide wide_at(const int64_t *words) {
  return (wide)((uwide)(uint64_t)words[1] << 64 | (uint64_t)words[0]);
}

static inline MAYBE void put_wide(int64_t *words, wide number) {
  words[0] = (int64_t)number;
  words[1] = (int64_t)(number >> 64);
}

static inline int compared(const int64_t *a, const int64_t *b, int64_t width) {
  for (int64_t i = 0; i < width; i++)
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}

/* Sorted by the first ``by`` words of each ``width``: by insertion where they are few, else by
   merging; what is equal stays in order. ``false`` where there is no memory. */
static MAYBE int sorted(int64_t *words, int64_t n, int64_t width, int64_t by) {
  size_t size = (size_t)width * sizeof(int64_t);
  if (n <= 24) {
    int64_t held[64];
    for (int64_t i = 1; i < n && width <= 64; i++) {
      int64_t j = i;
      if (compared(words + (i - 1) * width, words + i * width, by) <= 0) continue;
      memcpy(held, words + i * width, size);
      for (; j > 0 && compared(words + (j - 1) * width, held, by) > 0; j--)
        memcpy(words + j * width, words + (j - 1) * width, size);
      memcpy(words + j * width, held, size);
    }
    if (width <= 64) return 1;
  }
  int64_t *other = malloc((size_t)n * size), *from = words, *to = other;
  if (!other) return 0;
  for (int64_t run = 1; run < n; run *= 2) {
    for (int64_t start = 0; start < n; start += 2 * run) {
      int64_t a = start, middle = LEAST(start + run, n), b = middle;
      int64_t last = LEAST(start + 2 * run, n);
      for (int64_t k = start; k < last; k++) {
        int first = b >= last || (a < middle && compared(from + a * width, from + b * width, by) <= 0);
        memcpy(to + k * width, from + (first ? a++ : b++) * width, size);
      }
    }
    int64_t *swapped = from;
    from = to;
    to = swapped;
  }
  if (from != words) memcpy(words, from, (size_t)n * size);
  free(other);
  return 1;
}

/* How many different keys of ``width`` words there are. */
static MAYBE int64_t distinct(struct heap *h, int64_t width, struct trouble *t, int64_t s,
                              int64_t where) {
  int64_t n = h->n / width, found = 0;
  const int64_t *w = h->words;
  if (n <= 1) return n;
  if (n <= 16) {
    for (int64_t i = 0; i < n; i++) {
      int again = 0;
      for (int64_t j = 0; j < i && !again; j++)
        again = compared(w + j * width, w + i * width, width) == 0;
      found += !again;
    }
    return found;
  }
  if (!sorted(h->words, n, width, width)) return fail(t, MEMORY, s, where, 0, -1), 0;
  for (int64_t i = 0; i < n; i++)
    found += i == 0 || compared(w + (i - 1) * width, w + i * width, width) != 0;
  return found;
}

/* The middle one of wide numbers, of an even number the lower of the two. Two words each: the upper
   one orders, then the lower one as a number without sign. */
static int by_number(const void *a, const void *b) {
  wide one = wide_at(a), other = wide_at(b);
  return (one > other) - (one < other);
}

static MAYBE wide middle(struct heap *h) {
  int64_t n = h->n / 2;
  if (n == 0) return 0;
  qsort(h->words, (size_t)n, 2 * sizeof(int64_t), by_number);
  return wide_at(h->words + (n - 1) / 2 * 2);
}

/* Groups: words are whether there is a key, the key (else a number of its own), and the value. Of
   each group the greatest, or the sum up to ``cap``: all of them, and the best. */
struct groups {
  wide total, best;
};

static MAYBE struct groups grouped(struct heap *h, int has_cap, wide cap, struct trouble *t,
                                   int64_t s, int64_t where) {
  int64_t n = h->n / 4;
  struct groups found = {0, 0};
  if (!sorted(h->words, n, 4, 2)) fail(t, MEMORY, s, where, 0, -1);
  for (int64_t i = 0, first = 1; i < n; first = 0) {
    const int64_t *key = h->words + i * 4;
    wide worth = wide_at(key + 2);
    for (i++; i < n && compared(key, h->words + i * 4, 2) == 0; i++) {
      wide value = wide_at(h->words + i * 4 + 2);
      worth = has_cap ? watched_add(worth, value, t, s, where) : GREATEST(worth, value);
    }
    if (has_cap) worth = LEAST(worth, cap);
    found.total = watched_add(found.total, worth, t, s, where);
    found.best = first ? worth : GREATEST(found.best, worth);
  }
  return found;
}

/* Service: words are the first and the last day of a span. */
struct blocks {
  int64_t number, days;
  int32_t start;
};

static MAYBE struct blocks served(struct heap *h, int32_t on, struct trouble *t, int64_t s,
                                  int64_t where) {
  int64_t n = h->n / 2, *w = h->words;
  struct blocks found = {0, 0, 0};
  if (n == 0) return found;
  for (int64_t i = 0; i < n; i++)
    if (RARELY(w[2 * i + 1] < w[2 * i])) fail(t, BACKWARDS, s, where, w[2 * i], -1);
  if (!sorted(w, n, 2, 2)) fail(t, MEMORY, s, where, 0, -1);
  for (int64_t i = 0; i < n;) {
    int64_t first = w[2 * i], last = w[2 * i + 1];
    for (i++; i < n && w[2 * i] - last <= 1; i++) last = GREATEST(last, w[2 * i + 1]);
    if (first >= on) break;
    if (found.number++ == 0) found.start = (int32_t)first;
    found.days += last < on ? last - first + 1 : on - first;
  }
  return found;
}
