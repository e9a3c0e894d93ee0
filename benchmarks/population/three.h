/* Truths of three: 0 not met, 1 open, 2 met. "And" is the least, "or" the greatest of two. */

#include <stdint.h>
#include <limits.h>

typedef int T;

#define NOT(a) (2 - (a))
#define UNKNOWN32 INT32_MIN
#define NONE32 (INT32_MIN + 1)

static inline T AND(T a, T b) { return a < b ? a : b; }
static inline T OR(T a, T b) { return a > b ? a : b; }
static inline T yes(int is) { return is ? 2 : 0; }

/* A choice (its option's number) is one of a set of options, given as bits. */
static inline T is_in(int16_t choice, unsigned bits) {
    if (choice >= 0) return yes(bits >> choice & 1);
    return choice == INT16_MIN;
}
static inline T is_true(int8_t value) { return value >= 0 ? yes(value) : value == INT8_MIN; }

static inline T at_most(int32_t day, int32_t last) {
    if (day > NONE32) return yes(day <= last);
    return day == UNKNOWN32;
}
static inline T at_least(int32_t day, int32_t first) {
    if (day > NONE32) return yes(day >= first);
    return day == UNKNOWN32;
}
static inline T within(int32_t day, int32_t first, int32_t last) {
    return AND(at_least(day, first), at_most(day, last));
}
static inline T absent(int32_t day) { return day > NONE32 ? 0 : day == NONE32 ? 2 : 1; }

/* Of records that have a day, those count that have happened, or that have none. */
static inline T happened(int32_t day, int32_t on) { return OR(absent(day), at_most(day, on)); }

/* Not over by a day: there is no end, or it is not before. */
static inline T lasting(int32_t end, int32_t day) { return OR(absent(end), at_least(end, day)); }

static inline int32_t least(int32_t a, int32_t b) { return a < b ? a : b; }
static inline int32_t most(int32_t a, int32_t b) { return a > b ? a : b; }

#define EACH(row, kind) \
    (int64_t row = in->kind##__offsets[n]; row < in->kind##__offsets[n + 1]; row++)
#define OPEN(kind) ((T)in->kind##__incomplete[n])
