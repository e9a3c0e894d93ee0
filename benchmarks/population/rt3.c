/*
 * RT3 under the default readings, written by hand: the floor that engines are measured against.
 * One pass over the records of each subject; a truth for each clause, the outcome, and the hours
 * that RTL-5.RT3.ADMIN.a measures. Columns and codes come from the caller, named after the members.
 */

#include "three.h"

struct columns {
    const int32_t *licence__issue_date;
    const int32_t *licence__revoked_date;
    const int16_t *licence__profession;
    const int16_t *licence__issuer;
    const int64_t *licence__offsets;
    const uint8_t *licence__incomplete;
    const int32_t *practice_registration__start_date;
    const int32_t *practice_registration__end_date;
    const int64_t *practice_registration__offsets;
    const uint8_t *practice_registration__incomplete;
    const int16_t *institution_review__level;
    const int16_t *institution_review__result;
    const int32_t *institution_review__date;
    const int64_t *institution_review__offsets;
    const uint8_t *institution_review__incomplete;
    const int16_t *level_award__level;
    const int32_t *level_award__approval_date;
    const int64_t *level_award__offsets;
    const uint8_t *level_award__incomplete;
    const int32_t *clinical_service__start_date;
    const int32_t *clinical_service__end_date;
    const int64_t *clinical_service__offsets;
    const uint8_t *clinical_service__incomplete;
    const int16_t *teacher_certification__issuer_type;
    const int32_t *teacher_certification__issue_date;
    const int32_t *teacher_certification__expiry_date;
    const int64_t *teacher_certification__offsets;
    const uint8_t *teacher_certification__incomplete;
    const int16_t *publication__type;
    const int16_t *publication__author_role;
    const int8_t *publication__peer_reviewed;
    const int32_t *publication__publication_date;
    const int64_t *publication__offsets;
    const uint8_t *publication__incomplete;
    const int16_t *teaching_activity__type;
    const int16_t *teaching_activity__learner_type;
    const int32_t *teaching_activity__date;
    const int64_t *teaching_activity__offsets;
    const uint8_t *teaching_activity__incomplete;
    const int16_t *training__type;
    const int64_t *training__topics;
    const int64_t *training__hours;
    const int32_t *training__end_date;
    const int16_t *training__issuer_type;
    const int16_t *training__document_type;
    const int64_t *training__offsets;
    const uint8_t *training__incomplete;
    const int32_t *qa_qualification__issue_date;
    const int64_t *qa_qualification__offsets;
    const uint8_t *qa_qualification__incomplete;
    const int32_t *quality_activity__start_date;
    const int32_t *quality_activity__end_date;
    const int64_t *quality_activity__offsets;
    const uint8_t *quality_activity__incomplete;
    const int16_t *administrative_role__type;
    const int32_t *administrative_role__start_date;
    const int32_t *administrative_role__end_date;
    const int64_t *administrative_role__offsets;
    const uint8_t *administrative_role__incomplete;
    const int16_t *competency_attestation__scope;
    const int32_t *competency_attestation__date;
    const int64_t *competency_attestation__offsets;
    const uint8_t *competency_attestation__incomplete;
    const int16_t *clinical_duty__role;
    const int32_t *clinical_duty__institution;
    const int32_t *clinical_duty__item;
    const int32_t *clinical_duty__start_date;
    const int32_t *clinical_duty__end_date;
    const int64_t *clinical_duty__offsets;
    const uint8_t *clinical_duty__incomplete;
    const int16_t *institution_duty_list__owner;
    const int32_t *institution_duty_list__institution;
    const int64_t *institution_duty_list__items__starts;
    const int32_t *institution_duty_list__items__codes;
    const int8_t *institution_duty_list__items__states;
    const int32_t *institution_duty_list__from_date;
    const int32_t *institution_duty_list__to_date;
    const int64_t *institution_duty_list__offsets;
    const uint8_t *institution_duty_list__incomplete;
    const int32_t *judgement__clause;
    const int16_t *judgement__decision;
    const int32_t *judgement__date;
    const int64_t *judgement__offsets;
};

/* Days that follow from the day of asking, and the codes of the clauses that people decide on. */
struct given {
    int32_t on, one_year_ago, three_years_ago, five_years_ago, ministry_founded;
    int32_t first_day;                  /* of the table that follows */
    const int32_t *three_years_before;  /* day by day; 28 February for a 29th that is not there */
    int32_t practising, advanced_work;  /* RTL-2.2, RTL-5.RT3.CLIN */
};

struct answers {
    int8_t *outcome;
    int8_t *licensed, *practises, *reviewed, *interval, *level_below, *years, *certified, *published;
    int8_t *ability, *quality, *professional, *clinical, *academic, *certified_now, *supervises;
    int8_t *lesson_plan, *has_taught, *hours, *activity, *lead, *cells;
    int64_t *minutes_low, *minutes_high;
    uint8_t *minutes_limited;
};

enum outcome { ELIGIBLE, INELIGIBLE, NOT_YET, NEEDS_REVIEW };

#define IN const struct columns *in, const struct given *at, int64_t n

/* RTL-2.1 */
static T licensed(IN) {
    T found = OPEN(licence);
    for EACH(r, licence) {
        int32_t issued = in->licence__issue_date[r], revoked = in->licence__revoked_date[r];
        int16_t issuer = in->licence__issuer[r];
        T before = at_most(issued, at->ministry_founded - 1);
        T by = OR(is_in(issuer, LICENCE__ISSUER__MOHW),
                  AND(is_in(issuer, LICENCE__ISSUER__DOH), before));
        T standing = OR(absent(revoked), at_least(revoked, at->on + 1));
        T who = is_in(in->licence__profession[r], LICENCE__PROFESSION__RADIOGRAPHER);
        found = OR(found, AND(AND(happened(issued, at->on), who), AND(by, standing)));
    }
    return found;
}

/* What was decided last on a clause; of two rulings of one day the later in order. */
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

/* RTL-2.2 */
static T practises(IN) {
    T found = OPEN(practice_registration);
    for EACH(r, practice_registration) {
        T begun = happened(in->practice_registration__start_date[r], at->on);
        found = OR(found, AND(begun, lasting(in->practice_registration__end_date[r], at->on)));
    }
    return OR(found, judged(in, at, n, at->practising));
}

/* RTL-3.2a */
static T reviewed(IN) {
    T found = OPEN(institution_review);
    for EACH(r, institution_review) {
        T level = is_in(in->institution_review__level[r], INSTITUTION_REVIEW__LEVEL__RT3);
        T passed = is_in(in->institution_review__result[r], INSTITUTION_REVIEW__RESULT__PASSED);
        T day = at_most(in->institution_review__date[r], at->on);
        found = OR(found, AND(level, AND(passed, day)));
    }
    return found;
}

/* RTL-3.3, RTL-3.3b: a year since the last level; the level below is held */
static T interval(IN, T *level_below) {
    T any = OPEN(level_award), below = OPEN(level_award);
    int open = OPEN(level_award);
    int32_t last = NONE32;
    for EACH(r, level_award) {
        int32_t day = in->level_award__approval_date[r];
        T there = happened(day, at->on);
        any = OR(any, there);
        below = OR(below, AND(there, is_in(in->level_award__level[r], LEVEL_AWARD__LEVEL__RT2)));
        open |= day == UNKNOWN32;
        if (there == 2) last = most(last, day);
    }
    *level_below = below;
    T a_year = open ? 1 : last == NONE32 ? 0 : yes(last <= at->one_year_ago);
    return OR(NOT(any), a_year);
}

struct day { int known; int32_t day; };  /* NONE32 where there is none */

/* The first licence of a radiographer */
static struct day first_licence(IN) {
    struct day first = {1, NONE32};
    int there = 0;
    for EACH(r, licence) {
        int32_t day = in->licence__issue_date[r];
        T who = is_in(in->licence__profession[r], LICENCE__PROFESSION__RADIOGRAPHER);
        if (AND(happened(day, at->on), who) < 2) continue;
        there = 1;
        if (day > NONE32) first.day = first.day > NONE32 ? least(first.day, day) : day;
    }
    for EACH(r, licence) {
        int32_t day = in->licence__issue_date[r];
        T who = is_in(in->licence__profession[r], LICENCE__PROFESSION__RADIOGRAPHER);
        if (AND(happened(day, at->on), who) != 1) continue;
        if (!there || day == UNKNOWN32 || day <= first.day) first.known = 0;
    }
    first.known &= !in->licence__incomplete[n];
    return first;
}

static struct day first_registration(IN) {
    struct day first = {!in->practice_registration__incomplete[n], NONE32};
    for EACH(r, practice_registration) {
        int32_t day = in->practice_registration__start_date[r];
        if (day == UNKNOWN32) first.known = 0;
        if (day <= NONE32 || day > at->on) continue;
        first.day = first.day > NONE32 ? least(first.day, day) : day;
    }
    return first;
}

#define MOST_SPANS 64

/* RTL-4A.RT3.YEARS: by the calendar without a break, by the days with one */
static T years(IN) {
    struct day licence = first_licence(in, at, n), post = first_registration(in, at, n);
    int known = licence.known && post.known;
    int32_t since = most(licence.day, post.day);
    if (known && since == NONE32) return OPEN(clinical_service);
    int32_t first[MOST_SPANS], last[MOST_SPANS];
    int spans = 0, open = 0, dated = 0;
    for EACH(r, clinical_service) {
        int32_t start = in->clinical_service__start_date[r], end = in->clinical_service__end_date[r];
        if (happened(start, at->on) == 0) continue;
        if (start <= NONE32 || end == UNKNOWN32) { open = 1; continue; }
        dated = 1;
        if (end == NONE32) end = INT32_MAX;
        if (!known || end < since || spans == MOST_SPANS) continue;
        int at_place = spans++;
        start = most(start, since);
        for (; at_place && first[at_place - 1] > start; at_place--) {
            first[at_place] = first[at_place - 1];
            last[at_place] = last[at_place - 1];
        }
        first[at_place] = start;
        last[at_place] = end;
    }
    if (!known) return OR(OPEN(clinical_service), yes(open || dated) / 2);
    int32_t before = at->on - 1, days = 0, reached = 0;
    int blocks = 0;
    for (int s = 0; s < spans && first[s] < at->on; s++) {
        int32_t end = least(last[s], before), start = first[s];
        if (!s || start > reached + 1) blocks++; else start = most(start, reached + 1);
        if (end >= start) days += end - start + 1;
        reached = s ? most(reached, end) : end;
    }
    int complete = days >= 3 * 365;
    if (blocks == 1)
        complete = first[0] <= at->three_years_before[first[0] + days - at->first_day];
    if (blocks && complete) return 2;
    return OR(OPEN(clinical_service), open);
}

/* RTL-4A.RT3.JCT, RTL-5.RT3.TEACH.a */
static T certified(IN, T *now) {
    T ever = OPEN(teacher_certification);
    *now = ever;
    for EACH(r, teacher_certification) {
        int32_t issued = in->teacher_certification__issue_date[r];
        T jct = is_in(in->teacher_certification__issuer_type[r],
                      TEACHER_CERTIFICATION__ISSUER_TYPE__JCT);
        T there = AND(happened(issued, at->on), jct);
        T in_date = AND(at_most(issued, at->on),
                        at_least(in->teacher_certification__expiry_date[r], at->on));
        ever = OR(ever, there);
        *now = OR(*now, AND(there, in_date));
    }
    return ever;
}

#define CONFERENCE (PUBLICATION__TYPE__CONFERENCE_ORAL | PUBLICATION__TYPE__CONFERENCE_POSTER)
#define LEADING_AUTHOR \
    (PUBLICATION__AUTHOR_ROLE__FIRST | PUBLICATION__AUTHOR_ROLE__CO_FIRST \
     | PUBLICATION__AUTHOR_ROLE__CORRESPONDING)

/* RTL-4A.RT3.PUB, RTL-5.RT3.ACAD */
static T published(IN, T *academic) {
    T leading = OPEN(publication);
    *academic = leading;
    for EACH(r, publication) {
        int16_t type = in->publication__type[r];
        T paper = is_in(type, CONFERENCE | PUBLICATION__TYPE__JOURNAL_ARTICLE);
        T recent = within(in->publication__publication_date[r], at->five_years_ago, at->on);
        T counts = AND(paper, recent);
        T reviewed = OR(is_in(type, CONFERENCE), is_true(in->publication__peer_reviewed[r]));
        T author = is_in(in->publication__author_role[r], LEADING_AUTHOR);
        *academic = OR(*academic, counts);
        leading = OR(leading, AND(counts, AND(author, reviewed)));
    }
    return leading;
}

/* RTL-5.RT3.TEACH.b, RTL-5.RT3.TEACH.c */
static T supervises(IN, T *lesson_plan) {
    T found = OPEN(teaching_activity);
    *lesson_plan = found;
    for EACH(r, teaching_activity) {
        int32_t day = in->teaching_activity__date[r];
        int16_t type = in->teaching_activity__type[r];
        T recent = AND(happened(day, at->on), within(day, at->three_years_ago, at->on));
        T others = is_in(in->teaching_activity__learner_type[r],
                         TEACHING_ACTIVITY__LEARNER_TYPE__OTHER);
        T report = is_in(type, TEACHING_ACTIVITY__TYPE__ORAL_REPORT_SUPERVISION);
        found = OR(found, AND(recent, AND(report, NOT(others))));
        T plan = is_in(type, TEACHING_ACTIVITY__TYPE__LESSON_PLAN);
        *lesson_plan = OR(*lesson_plan, AND(recent, plan));
    }
    return found;
}

#define SOCIETY_HOSPITAL_SCHOOL \
    (TRAINING__ISSUER_TYPE__PROFESSIONAL_SOCIETY | TRAINING__ISSUER_TYPE__TEACHING_HOSPITAL \
     | TRAINING__ISSUER_TYPE__SCHOOL)
#define CERTIFICATE \
    (TRAINING__DOCUMENT_TYPE__TRAINING_CERTIFICATE | TRAINING__DOCUMENT_TYPE__PASS_CERTIFICATE)
#define QUALITY_OR_SAFETY (TRAINING__TYPE__CARE_QUALITY | TRAINING__TYPE__PATIENT_SAFETY)
#define ON_QUALITY_OR_SAFETY (TRAINING__TOPICS__CARE_QUALITY | TRAINING__TOPICS__PATIENT_SAFETY)
#define EIGHT_HOURS 480

struct minutes { int64_t low, high; int limited; };

/* RTL-5.RT3.PROF (with RTL-5.N2), and the minutes of RTL-5.RT3.ADMIN.a */
static T professional(IN, struct minutes *minutes) {
    T found = OR(OPEN(training), OPEN(qa_qualification));
    *minutes = (struct minutes){0, 0, !OPEN(training)};
    for EACH(r, training) {
        int32_t day = in->training__end_date[r];
        int16_t type = in->training__type[r];
        T there = happened(day, at->on);
        T field = AND(is_in(type, TRAINING__TYPE__ADVANCED_FIELD), at_most(day, at->on));
        T paper = AND(is_in(in->training__issuer_type[r], SOCIETY_HOSPITAL_SCHOOL),
                      is_in(in->training__document_type[r], CERTIFICATE));
        found = OR(found, AND(there, AND(field, paper)));
        int64_t topics = in->training__topics[r], length = in->training__hours[r];
        T topic = topics >= 0 ? yes((topics & ON_QUALITY_OR_SAFETY) != 0) : topics == INT64_MIN;
        T about = OR(is_in(type, QUALITY_OR_SAFETY), topic);
        T counts = AND(there, AND(about, within(day, at->three_years_ago, at->on)));
        if (counts == 0) continue;
        if (length == INT64_MIN) minutes->limited = 0;
        if (length < 0) continue;
        minutes->high += length;
        if (counts == 2) minutes->low += length;
    }
    for EACH(r, qa_qualification)
        found = OR(found, happened(in->qa_qualification__issue_date[r], at->on));
    return found;
}

/* RTL-5.RT3.ADMIN.b */
static T activity(IN) {
    T found = OPEN(quality_activity);
    for EACH(r, quality_activity) {
        T begun = happened(in->quality_activity__start_date[r], at->on);
        T recent = lasting(in->quality_activity__end_date[r], at->three_years_ago);
        found = OR(found, AND(begun, recent));
    }
    return found;
}

/* RTL-5.RT3.ADMIN.c */
static T lead(IN) {
    T found = OPEN(administrative_role);
    for EACH(r, administrative_role) {
        T begun = happened(in->administrative_role__start_date[r], at->on);
        T recent = lasting(in->administrative_role__end_date[r], at->three_years_ago);
        T leads = is_in(in->administrative_role__type[r],
                        ADMINISTRATIVE_ROLE__TYPE__ACCREDITATION_LEAD);
        found = OR(found, AND(begun, AND(leads, recent)));
    }
    return found;
}

static T same(int32_t one, int32_t other) {
    if (one == UNKNOWN32 || other == UNKNOWN32) return 1;
    return yes(one == other && one != NONE32);
}

/* RTL-5.N1: the list of advanced items of the same institution has the item */
static T listed(IN, int64_t duty) {
    T found = OPEN(institution_duty_list);
    for EACH(r, institution_duty_list) {
        T there = happened(in->institution_duty_list__from_date[r], at->on);
        T in_force = lasting(in->institution_duty_list__to_date[r], at->on);
        T owner = is_in(in->institution_duty_list__owner[r],
                        INSTITUTION_DUTY_LIST__OWNER__INSTITUTION);
        T place = same(in->clinical_duty__institution[duty],
                       in->institution_duty_list__institution[r]);
        int32_t wanted = in->clinical_duty__item[duty];
        int8_t state = in->institution_duty_list__items__states[r];
        T item = yes(0);
        for (int64_t i = in->institution_duty_list__items__starts[r];
             i < in->institution_duty_list__items__starts[r + 1] && wanted >= 0; i++)
            item = OR(item, yes(in->institution_duty_list__items__codes[i] == wanted));
        if (state == 1 || wanted == UNKNOWN32) item = 1;
        found = OR(found, AND(AND(there, in_force), AND(owner, AND(place, item))));
    }
    return found;
}

/* RTL-5.RT3.CLIN */
static T clinical(IN) {
    T duty = OPEN(clinical_duty), attested = OPEN(competency_attestation);
    for EACH(r, competency_attestation) {
        T there = happened(in->competency_attestation__date[r], at->on);
        T scope = is_in(in->competency_attestation__scope[r],
                        COMPETENCY_ATTESTATION__SCOPE__SUPERVISE_INTERNS);
        attested = OR(attested, AND(there, scope));
    }
    for EACH(r, clinical_duty) {
        T there = happened(in->clinical_duty__start_date[r], at->on);
        T in_hand = AND(is_in(in->clinical_duty__role[r], CLINICAL_DUTY__ROLE__PERFORMS),
                        lasting(in->clinical_duty__end_date[r], at->on));
        T mine = AND(there, in_hand);
        if (mine > duty) duty = OR(duty, AND(mine, listed(in, at, n, r)));
    }
    return OR(AND(duty, attested), judged(in, at, n, at->advanced_work));
}

void rt3(const struct columns *in, const struct given *at, const struct answers *out, int64_t size) {
    for (int64_t n = 0; n < size; n++) {
        T below, now, academic, plan;
        struct minutes minutes;
        T licence = licensed(in, at, n), practice = practises(in, at, n);
        T review = reviewed(in, at, n), waited = interval(in, at, n, &below);
        T worked = years(in, at, n), jct = certified(in, at, n, &now);
        T papers = published(in, at, n, &academic), report = supervises(in, at, n, &plan);
        T field = professional(in, at, n, &minutes), work = clinical(in, at, n);
        T enough = yes(minutes.low >= EIGHT_HOURS);
        if (!minutes.limited || minutes.high >= EIGHT_HOURS) enough = OR(enough, 1);
        T project = activity(in, at, n), accreditation = lead(in, at, n);
        T taught = OR(report, plan), teaches = AND(now, taught);
        T ability = AND(academic, teaches);                          /* RTL-4B.RT3.ABIL */
        T quality = OR(enough, OR(project, accreditation));          /* RTL-4B.RT3.QI */
        T cells = AND(AND(AND(field, work), ability), quality);      /* RTL-5.0 */
        T standing = AND(AND(licence, practice), AND(review, AND(waited, below)));
        T all = AND(standing, AND(AND(worked, AND(jct, papers)), cells));
        out->licensed[n] = licence;
        out->practises[n] = practice;
        out->reviewed[n] = review;
        out->interval[n] = waited;
        out->level_below[n] = below;
        out->years[n] = worked;
        out->certified[n] = jct;
        out->published[n] = papers;
        out->ability[n] = ability;
        out->quality[n] = quality;
        out->professional[n] = field;
        out->clinical[n] = work;
        out->academic[n] = academic;
        out->certified_now[n] = now;
        out->supervises[n] = report;
        out->lesson_plan[n] = plan;
        out->has_taught[n] = taught;
        out->hours[n] = enough;
        out->activity[n] = project;
        out->lead[n] = accreditation;
        out->cells[n] = cells;
        out->minutes_low[n] = minutes.low;
        out->minutes_high[n] = minutes.high;
        out->minutes_limited[n] = minutes.limited;
        out->outcome[n] = all == 2 ? ELIGIBLE : all == 1 ? NEEDS_REVIEW
                        : licence == 0 ? INELIGIBLE : NOT_YET;  /* an open status does not bar */
    }
}
