/*
 * The credits of a licence cycle under the default readings, written by hand: the floor that engines
 * are measured against. What each activity is worth, its factor, the caps in the order of the days,
 * what counts only once; and where something is not known, what is certain and what is possible.
 *
 * Raw points and factors are tenths, what is counted hundredths. Columns and codes come from the
 * caller, named after the members.
 */

#include <stdlib.h>
#include "three.h"

struct columns {
    const int16_t *credit_entry__mode;
    const int16_t *credit_entry__role;
    const int16_t *credit_entry__attribute;
    const int16_t *credit_entry__status;
    const int16_t *credit_entry__prior_recognition;
    const int16_t *credit_entry__article_type;
    const int16_t *credit_entry__programme;
    const int8_t *credit_entry__assessment_passed;
    const int8_t *credit_entry__peer_reviewed;
    const int8_t *credit_entry__related;
    const int8_t *credit_entry__passed;
    const int8_t *credit_entry__factor_requested;
    const int32_t *credit_entry__date;
    const int32_t *credit_entry__start_date;
    const int32_t *credit_entry__end_date;
    const int64_t *credit_entry__hours;
    const int64_t *credit_entry__days;
    const int64_t *credit_entry__academic_credits;
    const int32_t *credit_entry__case;
    const int32_t *credit_entry__semester;
    const int32_t *credit_entry__source_id;
    const int64_t *credit_entry__offsets;
    const uint8_t *credit_entry__incomplete;
    const int32_t *licence_cycle__from_date;
    const int32_t *licence_cycle__renewal_date;
    const int64_t *licence_cycle__offsets;
    const uint8_t *licence_cycle__incomplete;
    const int8_t *practice_registration__outlying_island;
    const int8_t *practice_registration__remote_area;
    const int16_t *practice_registration__remote_list;
    const int32_t *practice_registration__start_date;
    const int32_t *practice_registration__end_date;
    const int64_t *practice_registration__offsets;
    const uint8_t *practice_registration__incomplete;
    const int32_t *judgement__clause;
    const int16_t *judgement__decision;
    const int32_t *judgement__date;
    const int64_t *judgement__offsets;
};

/* The codes of the clauses: RRT-4.2.d, RRT-4.3.d, RRT-4.7.a, RRT-4.12.SCOPE */
struct given { int32_t on, lecture, talk, equal, programme; };

struct answers {
    int8_t *outcome;
    int64_t *total_low, *total_high;
    uint8_t *total_limited;
    int64_t *professional_low, *professional_high;
    uint8_t *professional_limited;
    int64_t *supporting_low, *supporting_high;
    uint8_t *supporting_limited;
};

#define IN const struct columns *in, const struct given *at, int64_t n
#define MODE(number) CREDIT_ENTRY__MODE__##number
#define ROLE(name) CREDIT_ENTRY__ROLE__##name
#define UNKNOWN64 INT64_MIN
#define NO_DAY INT32_MAX
#define NOTHING (-1)

struct range { int64_t low, high; int limited; };

static struct range just(int64_t number) { return (struct range){number, number, 1}; }
static struct range times(int64_t rate, struct range of) {
    return (struct range){rate * of.low, rate * of.high, of.limited};
}

static T judged(IN, int32_t clause) {
    int32_t latest = NONE32;
    T found = 1;
    for EACH(r, judgement) {
        int32_t day = in->judgement__date[r];
        int16_t decision = in->judgement__decision[r];
        if (in->judgement__clause[r] != clause || day <= NONE32 || day > at->on) continue;
        if (decision == INT16_MIN || day < latest) continue;
        latest = day;
        found = is_in(decision, JUDGEMENT__DECISION__MET);
    }
    return found;
}

/* One activity that has been reported, as far as the caps look at it. */
struct line {
    int64_t row;
    int32_t day;
    T inside, in_cycle, added, counts;
    struct range raw, factor;
    int64_t room, most, single;  /* NOTHING: under no cap, counts each time */
    int highest, known, named;  /* named: case, attribute and role are known */
    int64_t took;
};

/* The cycle: its days where they are known, and whether there is none. */
struct cycle { T none; int32_t first, last; };

static struct cycle cycle_of(IN) {
    struct cycle found = {2 - OPEN(licence_cycle), NONE32, NONE32};
    int open = OPEN(licence_cycle);
    int64_t which = -1;
    for EACH(r, licence_cycle) {
        int32_t day = in->licence_cycle__from_date[r];
        T there = happened(day, at->on);
        found.none = AND(found.none, NOT(there));
        open |= there == 1;
        if (there == 2 && day >= found.first) { which = r; found.first = day; }
    }
    if (open) { found.first = found.last = UNKNOWN32; return found; }
    if (which < 0) return found;
    int32_t renewal = in->licence_cycle__renewal_date[which];
    found.last = renewal > NONE32 ? renewal - 1 : renewal;
    return found;
}

static T not_before(int32_t day, int32_t first) {
    if (day == UNKNOWN32 || first == UNKNOWN32) return 1;
    return yes(day != NONE32 && first != NONE32 && day >= first);
}

static T in_the_cycle(int32_t day, const struct cycle *cycle) {
    return OR(cycle->none, AND(not_before(day, cycle->first), not_before(cycle->last, day)));
}

/* RRT-4.14, RRT-4.15: registered on the day of the activity on an island, far away */
static struct range factor(IN, int64_t r) {
    int32_t day = in->credit_entry__date[r];
    T island = OPEN(practice_registration), remote = island;
    for EACH(p, practice_registration) {
        int32_t start = in->practice_registration__start_date[p];
        int32_t end = in->practice_registration__end_date[p];
        T covers = AND(AND(happened(start, at->on), not_before(day, start)),
                       OR(absent(end), not_before(end, day)));
        T listed = is_in(in->practice_registration__remote_list[p],
                         PRACTICE_REGISTRATION__REMOTE_LIST__MOUNTAIN
                         | PRACTICE_REGISTRATION__REMOTE_LIST__UNDER_RESOURCED
                         | PRACTICE_REGISTRATION__REMOTE_LIST__SHORTAGE);
        island = OR(island, AND(covers, is_true(in->practice_registration__outlying_island[p])));
        remote = OR(remote, AND(covers, AND(is_true(in->practice_registration__remote_area[p]), listed)));
    }
    int8_t asked = in->credit_entry__factor_requested[r];
    T wanted = asked == INT8_MIN + 1 ? 2 : is_true(asked);
    T open = AND(wanted, NOT(is_in(in->credit_entry__mode[r], MODE(10))));
    island = AND(island, open);
    remote = AND(remote, open);
    T twice = OR(AND(island, remote), AND(island, NOT(remote)));
    T half_more = AND(NOT(island), remote);
    if (twice == 2) return just(20);
    if (half_more == 2) return just(15);
    return (struct range){10, twice ? 20 : half_more ? 15 : 10, 1};
}

/* RRT-5.1.3.2.c, .d: credit-hours of fifty minutes in tenths, added up by case, attribute and role */
static struct range hours(IN, const struct line *lines, int me, int settled) {
    int64_t r = lines[me].row, length = in->credit_entry__hours[r];
    int32_t course = in->credit_entry__case[r];
    int16_t attribute = in->credit_entry__attribute[r], role = in->credit_entry__role[r];
    int is_known = length != UNKNOWN64;
    int exact = is_known && settled && !OPEN(credit_entry) && lines[me].named;
    int alone = course < 0 || attribute < 0 || role < 0;
    int64_t minutes = length < 0 ? 0 : length, before = 0;
    for (int other = 0; other < me && exact; other++) {
        int64_t o = lines[other].row;
        if (!lines[other].named) exact = 0;
        if (alone || in->credit_entry__case[o] != course) continue;
        if (in->credit_entry__attribute[o] != attribute || in->credit_entry__role[o] != role) continue;
        int64_t theirs = in->credit_entry__hours[o];
        if (theirs == UNKNOWN64 || lines[other].inside < 2) exact = 0;
        if (theirs > 0) before += theirs;
    }
    if (exact) return just((before + minutes) / 5 - before / 5);
    return (struct range){minutes / 5, minutes / 5 + 1, is_known};
}

/* Civil days, for completed years */
static void civil(int32_t ordinal, int *year, int *month_day) {
    int32_t z = ordinal + 305, era = z / 146097, doe = z - era * 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    int month = mp < 10 ? mp + 3 : mp - 9;
    *year = yoe + era * 400 + (month <= 2);
    *month_day = month * 100 + doy - (153 * mp + 2) / 5 + 1;
}

/* RRT-4.10.a, RRT-4.12.a: twenty points for each year complete */
static struct range yearly(IN, int64_t r) {
    int32_t start = in->credit_entry__start_date[r], end = in->credit_entry__end_date[r];
    if (start == NONE32 || end == NONE32) return just(0);
    if (start == UNKNOWN32 || end == UNKNOWN32) return (struct range){0, 0, 0};
    int from, to, from_day, to_day;
    civil(start, &from, &from_day);
    civil(end + 1, &to, &to_day);
    int years = to - from - (to_day < from_day);
    return just(years > 0 ? 200 * years : 0);
}

/* RRT-4.11.a, RRT-4.11.b: two points a day for a week, five for each whole week of more */
static struct range study(IN, int64_t r) {
    int64_t days = in->credit_entry__days[r];
    if (days == UNKNOWN64) return (struct range){0, 0, 0};
    return just(days < 0 ? 0 : days <= 7 ? 20 * days : 50 * (days / 7));
}

/* RRT-4.8.a: five points for each credit earned, in tenths of a credit */
static struct range university(IN, int64_t r) {
    int64_t credits = in->credit_entry__academic_credits[r];
    if (credits == UNKNOWN64) return (struct range){0, 0, 0};
    return just(credits < 0 ? 0 : 5 * (credits / 100000));
}

/* RRT-4.7.a to d: a paper is worth half where it is no original article */
static struct range paper(IN, int64_t r, int64_t whole) {
    int16_t type = in->credit_entry__article_type[r];
    if (type == INT16_MIN) return (struct range){0, whole, 1};
    if (is_in(type, CREDIT_ENTRY__ARTICLE_TYPE__ORIGINAL)) return just(whole);
    return just(is_in(type, CREDIT_ENTRY__ARTICLE_TYPE__OTHER) ? whole / 2 : 0);
}

/* The first row that is met; where none is, anything from nothing to the greatest that may be. */
struct table { int met; struct range found, may; };

static void row(struct table *table, T truth, struct range worth) {
    if (table->met || !truth) return;
    if (truth == 2) { table->met = 1; table->found = worth; return; }
    if (worth.high > table->may.high) table->may.high = worth.high;
    table->may.limited &= worth.limited;
}

struct rulings { T lecture, talk, equal, programme; };

#define OTHER_AUTHORS \
    (ROLE(CO_FIRST_AUTHOR) | ROLE(CORRESPONDING_AUTHOR) | ROLE(SECOND_AUTHOR) | ROLE(OTHER_AUTHOR))

static T leading(int16_t role, const struct rulings *ruled) {
    T equal = yes(ruled->equal > 0);  /* printed as equal unless found otherwise */
    return OR(is_in(role, ROLE(FIRST_AUTHOR) | ROLE(CORRESPONDING_AUTHOR)),
              AND(is_in(role, ROLE(CO_FIRST_AUTHOR)), equal));
}

/* RRT-4.1 to RRT-4.13 */
static struct range raw_points(IN, int64_t r, struct range length, const struct rulings *ruled) {
    struct table table = {0, {0, 0, 1}, {0, 0, 1}};
    int16_t mode = in->credit_entry__mode[r], role = in->credit_entry__role[r];
#define M(bits) is_in(mode, bits)
#define R(bits) is_in(role, bits)
    T attends = R(ROLE(ATTENDEE));
    row(&table, AND(M(MODE(1)), attends), length);                                   /* 4.1.a */
    row(&table, AND(M(MODE(1)), R(ROLE(LECTURER))), times(5, length));               /* 4.1.b */
    row(&table, AND(M(MODE(4)), attends), length);                                   /* 4.4.a */
    row(&table, AND(M(MODE(4)), R(ROLE(MAIN_PRESENTER) | ROLE(LECTURER) | ROLE(SPEAKER)
                                  | ROLE(SPECIAL_SPEAKER))), just(30));              /* 4.4.b */
    row(&table, AND(M(MODE(5)), is_true(in->credit_entry__assessment_passed[r])), just(10)); /* 4.5.a */
    row(&table, M(MODE(6)), just(20));                                               /* 4.6.a */
    int16_t prior = in->credit_entry__prior_recognition[r];
    T late = yes(is_in(prior, CREDIT_ENTRY__PRIOR_RECOGNITION__LATE
                       | CREDIT_ENTRY__PRIOR_RECOGNITION__NEVER) == 2);
    T second = AND(M(MODE(2)), NOT(late));
    T third = OR(AND(M(MODE(2)), late), M(MODE(3)));
    T lecture = OR(R(ROLE(SPECIAL_SPEAKER)), AND(R(ROLE(SPEAKER)), yes(ruled->lecture == 2)));
    T talk = OR(R(ROLE(SPECIAL_SPEAKER)), AND(R(ROLE(SPEAKER)), yes(ruled->talk == 2)));
    row(&table, AND(second, attends), times(2, length));                             /* 4.2.a */
    row(&table, AND(second, R(ROLE(FIRST_AUTHOR))), just(30));                       /* 4.2.b */
    row(&table, AND(second, R(OTHER_AUTHORS)), just(10));                            /* 4.2.c */
    row(&table, AND(second, lecture), just(100));                                    /* 4.2.d */
    row(&table, AND(third, attends), length);                                        /* 4.3.a */
    row(&table, AND(third, R(ROLE(FIRST_AUTHOR))), just(20));                        /* 4.3.b */
    row(&table, AND(third, R(OTHER_AUTHORS)), just(10));                             /* 4.3.c */
    row(&table, AND(third, talk), just(30));                                         /* 4.3.d */
    T printed = AND(M(MODE(7)), is_true(in->credit_entry__peer_reviewed[r]));
    T next = OR(R(ROLE(SECOND_AUTHOR)), AND(R(ROLE(CO_FIRST_AUTHOR)), yes(ruled->equal == 0)));
    row(&table, AND(printed, leading(role, ruled)), paper(in, at, n, r, 160));       /* 4.7.a */
    row(&table, AND(printed, next), paper(in, at, n, r, 60));                        /* 4.7.b */
    row(&table, AND(printed, R(ROLE(OTHER_AUTHOR))), paper(in, at, n, r, 20));       /* 4.7.c */
    T earned = AND(is_true(in->credit_entry__related[r]), is_true(in->credit_entry__passed[r]));
    row(&table, AND(M(MODE(8)), earned), university(in, at, n, r));                  /* 4.8.a */
    row(&table, M(MODE(9)), just(10));                                               /* 4.9.a */
    row(&table, M(MODE(10)), yearly(in, at, n, r));                                  /* 4.10.a */
    row(&table, M(MODE(11)), study(in, at, n, r));                                   /* 4.11 */
    T clinical = is_in(in->credit_entry__programme[r], CREDIT_ENTRY__PROGRAMME__CLINICAL_PERSONNEL);
    row(&table, AND(M(MODE(12)), OR(clinical, ruled->programme)), yearly(in, at, n, r));                    /* 4.12.a */
    return table.met ? table.found : table.may;
}

/* A key of a cap or of a group: its number and the value by which records go together. */
static int64_t key(int64_t number, int32_t value, int64_t row) {
    return value < 0 ? number << 48 | 1LL << 40 | row : number << 48 | value;
}

/* RRT-4.4.c to RRT-4.13.b, RRT-4.8.b; and what counts only once: RRT-4.5.a, RRT-4.7.a */
static void under_caps(IN, struct line *line) {
    static const int64_t most[16] = {[3] = 6000, [4] = 8000, [5] = 8000, [6] = 5000, [8] = 1500,
                                     [10] = 3000, [12] = 2500};
    int64_t r = line->row;
    int16_t mode = in->credit_entry__mode[r];
    int32_t source = in->credit_entry__source_id[r], semester = in->credit_entry__semester[r];
    line->room = line->single = NOTHING;
    line->most = line->highest = 0;
    if (mode == INT16_MIN) { line->known = 0; return; }
    if (mode < 0) return;
    if (most[mode] && line->in_cycle == 2) {
        line->room = key(mode, 0, r);
        line->most = most[mode];
    }
    if (most[mode] && line->in_cycle == 1) line->known = 0;
    if (is_in(mode, MODE(8))) {
        if (semester == UNKNOWN32) line->known = 0;
        line->room = key(mode, semester, r);
        line->most = 1500;
    }
    T passed = is_true(in->credit_entry__assessment_passed[r]);
    T once = OR(AND(is_in(mode, MODE(5)), passed), is_in(mode, MODE(7)));
    if (once == 1 || (once == 2 && source == UNKNOWN32)) line->known = 0;
    if (once == 2) line->single = key(mode, source, r);
    line->highest = is_in(mode, MODE(7)) == 2;
}

static int exact(const struct line *line) {
    return line->inside == 2 && line->counts != 1 && line->known && line->raw.limited
        && line->raw.low == line->raw.high && line->factor.low == line->factor.high;
}

/* Those that are not added, and share no cap and no group with one that may be, do not matter. */
static int keep(const struct line *lines, int size, int *kept) {
    int number = 0;
    for (int i = 0; i < size; i++) {
        int matters = lines[i].counts > 0 || !lines[i].known;
        for (int j = 0; j < size && !matters; j++) {
            if (lines[j].counts == 0 || !lines[j].known) continue;
            matters = (lines[i].room != NOTHING && lines[i].room == lines[j].room)
                || (lines[i].single != NOTHING && lines[i].single == lines[j].single);
        }
        if (matters) kept[number++] = i;
    }
    return number;
}

/* All is known: each line in turn gets what its cap has left. */
static int64_t shared_out(struct line *lines, const int *kept, int number) {
    int64_t total = 0;
    for (int k = 0; k < number; k++) {
        struct line *line = &lines[kept[k]];
        int64_t want = line->raw.low * line->factor.low, left = line->most;
        int repeated = 0;
        for (int j = 0; j < number && line->single != NOTHING; j++) {
            const struct line *other = &lines[kept[j]];
            if (j == k || other->single != line->single) continue;
            int64_t theirs = line->highest ? other->raw.low * other->factor.low : 0;
            int64_t mine = line->highest ? line->raw.low * line->factor.low : 0;
            if (theirs > mine || (theirs == mine && j < k)) repeated = 1;
        }
        if (repeated) want = 0;
        for (int j = 0; j < k && line->room != NOTHING; j++) {
            const struct line *other = &lines[kept[j]];
            if (other->room == line->room) left -= other->took;
        }
        if (line->room != NOTHING && want > left) want = left;
        line->took = want;
        if (line->counts) total += want;
    }
    return total;
}

static int may_repeat(const struct line *lines, const int *kept, int number, int k) {
    const struct line *line = &lines[kept[k]];
    if (line->single == NOTHING || !line->known) return 0;
    for (int j = 0; j < number; j++) {
        const struct line *other = &lines[kept[j]];
        if (j != k && (!other->known || other->single == line->single)) return 1;
    }
    return 0;
}

static struct range product(const struct line *line) {
    struct range found = {line->raw.low * line->factor.low, line->raw.high * line->factor.high, 1};
    if (!line->raw.limited) {
        found.limited = 0;
        found.high = 0;
    }
    return found;
}

/* What a cap certainly holds once others have taken all they might, and what it may hold. */
static struct range of_room(const struct line *lines, const int *kept, int number, int first, int more) {
    int64_t room = lines[kept[first]].room, most = lines[kept[first]].most, fill = 0, taken = 0, may = 0;
    int taken_limited = 1, may_limited = 1;
    for (int k = 0; k < number; k++) {
        const struct line *line = &lines[kept[k]];
        int mine = line->known && line->room == room;
        if (!mine && line->known) continue;
        struct range worth = product(line);
        if (mine && line->inside == 2 && !may_repeat(lines, kept, number, k)) fill += worth.low;
        if (line->counts < 2) { taken += worth.high; taken_limited &= worth.limited; }
        if (mine && line->counts) { may += worth.high; may_limited &= worth.limited; }
    }
    int64_t low = more || !taken_limited ? 0 : (fill < most ? fill : most) - taken;
    return (struct range){low > 0 ? low : 0, may_limited && may < most ? may : most, 1};
}

static struct range counted(struct line *lines, int size, int more, int *kept) {
    int number = keep(lines, size, kept), all_exact = !more;
    for (int k = 0; k < number && all_exact; k++) all_exact = exact(&lines[kept[k]]);
    if (all_exact) return just(shared_out(lines, kept, number));
    struct range total = {0, 0, !more};
    for (int k = 0; k < number; k++) {
        const struct line *line = &lines[kept[k]];
        if (line->known && line->room != NOTHING) {
            int seen = 0, any = 0;
            for (int j = 0; j < number; j++) {
                const struct line *other = &lines[kept[j]];
                if (!other->known || other->room != line->room) continue;
                seen |= j < k;
                any |= other->counts > 0;
            }
            if (seen) continue;
            struct range room = of_room(lines, kept, number, k, more);
            total.low += room.low;
            if (any) total.high += room.high;
            continue;
        }
        struct range worth = product(line);
        int certain = line->inside == 2 && line->counts == 2 && line->known;
        if (certain && !may_repeat(lines, kept, number, k)) total.low += worth.low;
        if (line->counts) { total.high += worth.high; total.limited &= worth.limited; }
    }
    return total;
}

static int collected(IN, struct line *lines, const struct cycle *cycle, int *settled) {
    int size = 0;
    *settled = 1;
    for EACH(r, credit_entry) {
        int32_t day = in->credit_entry__date[r];
        int16_t status = in->credit_entry__status[r];
        T void_ = is_in(status, CREDIT_ENTRY__STATUS__VOID | CREDIT_ENTRY__STATUS__REVERSED
                        | CREDIT_ENTRY__STATUS__NOT_COUNTED);
        T inside = AND(happened(day, at->on), NOT(void_));                           /* 8.1.a */
        if (!inside) continue;
        *settled &= day != UNKNOWN32;
        int32_t end = in->credit_entry__end_date[r];
        T university = is_in(in->credit_entry__mode[r], MODE(8));
        T placed = OR(AND(NOT(university), in_the_cycle(day, cycle)),
                      AND(university, in_the_cycle(end == NONE32 ? day : end, cycle))); /* 5.2.6.c */
        int32_t turn = day > NONE32 ? day : NO_DAY;
        int place = size++;
        for (; place && lines[place - 1].day > turn; place--) lines[place] = lines[place - 1];
        lines[place] = (struct line){.row = r, .day = turn, .inside = inside, .in_cycle = placed};
        lines[place].named = in->credit_entry__case[r] != UNKNOWN32
            && in->credit_entry__attribute[r] != INT16_MIN && in->credit_entry__role[r] != INT16_MIN;
    }
    return size;
}

static int64_t most_records(const struct columns *in, int64_t size) {
    int64_t found = 1;
    for (int64_t n = 0; n < size; n++) {
        int64_t here = in->credit_entry__offsets[n + 1] - in->credit_entry__offsets[n];
        if (here > found) found = here;
    }
    return found;
}

static struct range of(const struct columns *in, struct line *lines, int size, unsigned attributes,
                       int more, int *kept) {
    for (int i = 0; i < size; i++)
        lines[i].counts = AND(lines[i].in_cycle,
                              is_in(in->credit_entry__attribute[lines[i].row], attributes));
    return counted(lines, size, more, kept);
}

#define MOST_SUPPORTING 2400

void credits(const struct columns *in, const struct given *at, const struct answers *out, int64_t size) {
    int64_t width = most_records(in, size);
    struct line *lines = malloc(width * sizeof *lines);
    int *kept = malloc(width * sizeof *kept);
    for (int64_t n = 0; n < size; n++) {
        int settled, more = OPEN(credit_entry);
        struct cycle cycle = cycle_of(in, at, n);
        struct rulings ruled = {judged(in, at, n, at->lecture), judged(in, at, n, at->talk),
                                judged(in, at, n, at->equal), judged(in, at, n, at->programme)};
        int number = collected(in, at, n, lines, &cycle, &settled);
        for (int i = 0; i < number; i++) {
            struct range length = hours(in, at, n, lines, i, settled);
            lines[i].known = settled;
            lines[i].raw = raw_points(in, at, n, lines[i].row, length, &ruled);
            lines[i].factor = factor(in, at, n, lines[i].row);
            under_caps(in, at, n, &lines[i]);
        }
        struct range professional = of(in, lines, number, CREDIT_ENTRY__ATTRIBUTE__PROFESSIONAL, more, kept);
        struct range supporting = of(in, lines, number, CREDIT_ENTRY__ATTRIBUTE__QUALITY
                                     | CREDIT_ENTRY__ATTRIBUTE__ETHICS | CREDIT_ENTRY__ATTRIBUTE__LAW,
                                     more, kept);
        int64_t low = supporting.low < MOST_SUPPORTING ? supporting.low : MOST_SUPPORTING;
        int64_t high = supporting.limited && supporting.high < MOST_SUPPORTING
            ? supporting.high : MOST_SUPPORTING;
        out->professional_low[n] = professional.low;
        out->professional_high[n] = professional.high;
        out->professional_limited[n] = professional.limited;
        out->supporting_low[n] = supporting.low;
        out->supporting_high[n] = supporting.high;
        out->supporting_limited[n] = supporting.limited;
        out->total_low[n] = low + professional.low;
        out->total_high[n] = high + professional.high;
        out->total_limited[n] = professional.limited;
        out->outcome[n] = !(professional.limited && supporting.limited
                            && professional.low == professional.high
                            && supporting.low == supporting.high);
    }
    free(kept);
    free(lines);
}
