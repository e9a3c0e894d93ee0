-- The credits of a licence cycle under the default readings, written by hand for DuckDB: what each
-- activity is worth, its factor, the caps in the order of the days, what counts only once; and where
-- something is not known, what is certain and what is possible.
--
-- Raw points and factors are tenths, what is counted hundredths. Truths are NULL where something is
-- not known; an unlimited amount is NULL.

CREATE OR REPLACE MACRO tri(met) AS coalesce(2 * met::TINYINT, 1)::TINYINT;
CREATE OR REPLACE MACRO named(value, none) AS CASE WHEN none THEN '' ELSE value END;
CREATE OR REPLACE MACRO told(value, unknown) AS CASE WHEN unknown THEN NULL ELSE coalesce(value, '') END;
CREATE OR REPLACE MACRO reached(day, day_unknown, first, first_unknown) AS
  CASE WHEN day_unknown OR first_unknown THEN NULL ELSE coalesce(day >= first, false) END;
CREATE OR REPLACE MACRO opened(kinds, kind) AS list_contains(coalesce(kinds, []), kind);

-- the question
WITH cycles AS (
  SELECT p.subject, opened(any_value(incomplete), 'credit_entry') AS more,
    opened(any_value(incomplete), 'practice_registration') AS posts_open,
    opened(any_value(incomplete), 'licence_cycle') OR coalesce(bool_or(
      from_date IS NULL AND NOT from_date__none), false) AS unknown,
    coalesce(bool_or(from_date <= $asked OR from_date__none), false) AS any_cycle,
    arg_max({'first': from_date, 'last': renewal_date - 1, 'unsaid': renewal_date IS NULL AND NOT renewal_date__none},
      (coalesce(from_date, DATE '0001-01-01'), c.id))
      FILTER (from_date <= $asked OR from_date__none) AS cycle
  FROM practitioner p LEFT JOIN licence_cycle c USING (subject) GROUP BY p.subject
),
rulings AS (
  -- what was decided last on a clause; of two rulings of one day the one whose id comes last
  SELECT subject,
    arg_max(coalesce(decision, ''), (date, id)) FILTER (clause = 'RRT-4.2.d') AS lecture,
    arg_max(coalesce(decision, ''), (date, id)) FILTER (clause = 'RRT-4.3.d') AS talk,
    arg_max(coalesce(decision, ''), (date, id)) FILTER (clause = 'RRT-4.7.a') AS equal,
    arg_max(coalesce(decision, ''), (date, id)) FILTER (clause = 'RRT-4.12.SCOPE') AS programme
  FROM judgement
  WHERE clause IN ('RRT-4.2.d', 'RRT-4.3.d', 'RRT-4.7.a', 'RRT-4.12.SCOPE')
    AND date <= $asked AND (decision IS NOT NULL OR decision__none)
  GROUP BY subject
),
entries AS (
  SELECT subject, id, date, date IS NULL AND NOT date__none AS date_unknown,
    coalesce(date, DATE '9999-12-31') AS turn,
    named(mode, mode__none) AS mode, named(role, role__none) AS role,
    named(attribute, attribute__none) AS attribute,
    named(article_type, article_type__none) AS article_type,
    named(programme, programme__none) AS programme,
    coalesce(prior_recognition IN ('late', 'never'), false) AS late,
    CASE WHEN assessment_passed__none THEN false ELSE assessment_passed END AS assessed,
    CASE WHEN peer_reviewed__none THEN false ELSE peer_reviewed END AS reviewed,
    CASE WHEN related__none THEN false ELSE related END
      AND CASE WHEN passed__none THEN false ELSE passed END AS earned,
    CASE WHEN factor_requested__unknown THEN NULL ELSE coalesce(factor_requested, true) END AS wanted,
    told("case", case__unknown) AS "case", told(semester, semester__unknown) AS semester,
    told(source_id, source_id__unknown) AS source,
    CASE WHEN hours__none THEN 0 ELSE hours END AS hours,
    CASE WHEN days__none THEN 0 ELSE days END AS days,
    CASE WHEN academic_credits__none THEN 0 ELSE floor(academic_credits * 10)::BIGINT END AS credits,
    start_date, start_date__unknown, end_date, end_date__unknown,
    -- RRT-8.1.a
    tri((date__none OR date <= $asked)
      AND told(status, status__unknown) NOT IN ('void', 'reversed', 'not_counted')) AS inside
  FROM credit_entry
),
placed AS (
  SELECT e.*, more, posts_open, lecture = 'met' AS lecture, talk = 'met' AS talk,
    coalesce(equal = 'met', true) AS equal, r.programme = 'met' AS open_programme,
    cycle."first" AS "first", cycle."last" AS "last", unknown AS first_unknown,
    unknown OR coalesce(cycle.unsaid, false) AS last_unknown,
    CASE WHEN any_cycle THEN false WHEN unknown THEN NULL ELSE true END AS no_cycle,
    "case" IS NOT NULL AND attribute IS NOT NULL AND role IS NOT NULL AS named,
    bool_and(NOT date_unknown) OVER (PARTITION BY subject) AS settled
  FROM entries e JOIN cycles USING (subject) LEFT JOIN rulings r USING (subject)
  WHERE inside > 0
),
in_time AS (
  SELECT *,
    CASE WHEN "case" = '' OR attribute = '' OR role = '' OR NOT named THEN '#' || id
      ELSE "case" || '/' || attribute || '/' || role END AS course,
    -- RRT-5.2.6.c: university courses by their last day, the others by the day of the activity
    tri((mode <> '8' AND (no_cycle OR reached(date, date_unknown, first, first_unknown)
        AND reached(last, last_unknown, date, date_unknown)))
      OR (mode = '8' AND (no_cycle
        OR reached(coalesce(end_date, date), end_date__unknown OR end_date IS NULL AND date_unknown,
          first, first_unknown)
        AND reached(last, last_unknown, coalesce(end_date, date),
          end_date__unknown OR end_date IS NULL AND date_unknown)))) AS in_cycle
  FROM placed
),
pooled AS (
  -- RRT-5.1.3.2.c: minutes add up by case, attribute and role
  SELECT *,
    coalesce(sum(hours) OVER earlier, 0) AS before,
    named AND settled AND NOT more AND coalesce(bool_and(named) OVER so_far, true)
      AND coalesce(bool_and(hours IS NOT NULL AND inside = 2) OVER earlier, true) AS exact_hours
  FROM in_time
  WINDOW earlier AS (PARTITION BY subject, course ORDER BY turn, id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
    so_far AS (PARTITION BY subject ORDER BY turn, id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
measured AS (
  -- RRT-5.1.3.2.d: fifty minutes are a credit-hour, counted in tenths
  SELECT *,
    CASE WHEN hours IS NULL THEN 0 WHEN exact_hours THEN (before + hours) // 5 - before // 5
      ELSE hours // 5 END AS hours_low,
    CASE WHEN hours IS NULL THEN NULL WHEN exact_hours THEN (before + hours) // 5 - before // 5
      ELSE hours // 5 + 1 END AS hours_high,
    -- RRT-4.10.a, RRT-4.12.a: twenty points for each year complete
    CASE WHEN start_date IS NULL AND NOT start_date__unknown
        OR end_date IS NULL AND NOT end_date__unknown THEN 0
      WHEN start_date IS NULL OR end_date IS NULL THEN NULL
      ELSE 200 * greatest(0, year(end_date + 1) - year(start_date)
        - (month(end_date + 1) * 100 + day(end_date + 1)
          < month(start_date) * 100 + day(start_date))::INT) END AS yearly,
    -- RRT-4.11.a, RRT-4.11.b: two points a day for a week, five for each whole week of more
    CASE WHEN days <= 7 THEN 20 * days ELSE 50 * (days // 7) END AS study,
    -- RRT-4.7.a to d: a paper is worth half where it is no original article
    CASE article_type WHEN 'original' THEN 2 WHEN 'other' THEN 1 ELSE 0 END AS paper_low,
    CASE WHEN article_type IS NULL THEN 2 WHEN article_type = 'original' THEN 2
      WHEN article_type = 'other' THEN 1 ELSE 0 END AS paper_high,
    mode = '2' AND NOT late AS second, mode = '2' AND late OR mode = '3' AS third,
    role = 'attendee' AS attends, role = 'first_author' AS first_author,
    role IN ('co_first_author', 'corresponding_author', 'second_author', 'other_author') AS other,
    role = 'special_speaker' OR role = 'speaker' AND coalesce(lecture, false) AS lectures,
    role = 'special_speaker' OR role = 'speaker' AND coalesce(talk, false) AS talks,
    role IN ('first_author', 'corresponding_author') OR role = 'co_first_author' AND equal AS leads,
    role = 'second_author' OR role = 'co_first_author' AND NOT equal AS follows
  FROM pooled
),
rows_met AS (
  SELECT *,
    mode = '1' AND attends OR mode = '4' AND attends OR third AND attends AS by_one,     -- 4.1.a 4.4.a 4.3.a
    mode = '1' AND role = 'lecturer' AS by_five,                                         -- 4.1.b
    second AND attends AS by_two,                                                        -- 4.2.a
    mode = '5' AND assessed OR mode = '9' OR second AND other OR third AND other AS one, -- 4.5.a 4.9.a 4.2.c 4.3.c
    mode = '6' OR third AND first_author AS two,                                         -- 4.6.a 4.3.b
    mode = '4' AND role IN ('main_presenter', 'lecturer', 'speaker', 'special_speaker')
      OR second AND first_author OR third AND talks AS three,                            -- 4.4.b 4.2.b 4.3.d
    second AND lectures AS ten,                                                          -- 4.2.d
    mode = '7' AND reviewed AND leads AS paper_of_16,                                  -- 4.7.a
    mode = '7' AND reviewed AND follows AS paper_of_6,                                 -- 4.7.b
    mode = '7' AND reviewed AND role = 'other_author' AS paper_of_2,                     -- 4.7.c
    mode = '8' AND earned AS university,                                                 -- 4.8.a
    mode = '10' OR mode = '12' AND (programme = 'clinical_personnel' OR open_programme) AS by_year,               -- 4.10.a 4.12.a
    mode = '11' AS by_week                                                               -- 4.11
  FROM measured
),
worth AS (
  SELECT *,
    CASE WHEN by_one THEN hours_low WHEN by_five THEN 5 * hours_low WHEN by_two THEN 2 * hours_low
      WHEN one THEN 10 WHEN two THEN 20 WHEN three THEN 30 WHEN ten THEN 100
      WHEN paper_of_16 THEN 80 * paper_low WHEN paper_of_6 THEN 30 * paper_low
      WHEN paper_of_2 THEN 10 * paper_low WHEN university THEN coalesce(5 * credits, 0)
      WHEN by_year THEN coalesce(yearly, 0) WHEN by_week THEN coalesce(study, 0) ELSE 0 END AS raw_low,
    CASE WHEN by_one THEN hours_high WHEN by_five THEN 5 * hours_high WHEN by_two THEN 2 * hours_high
      WHEN one THEN 10 WHEN two THEN 20 WHEN three THEN 30 WHEN ten THEN 100
      WHEN paper_of_16 THEN 80 * paper_high WHEN paper_of_6 THEN 30 * paper_high
      WHEN paper_of_2 THEN 10 * paper_high WHEN university THEN 5 * credits
      WHEN by_year THEN yearly WHEN by_week THEN study
      -- no row is certain: the greatest of those that may be, unless one of them has no limit
      WHEN (by_one IS NULL OR by_five IS NULL OR by_two IS NULL) AND hours_high IS NULL
        OR university IS NULL AND credits IS NULL OR by_year IS NULL AND yearly IS NULL
        OR by_week IS NULL AND study IS NULL THEN NULL
      ELSE greatest(0,
        CASE WHEN by_one IS NULL THEN hours_high END, CASE WHEN by_five IS NULL THEN 5 * hours_high END,
        CASE WHEN by_two IS NULL THEN 2 * hours_high END, CASE WHEN one IS NULL THEN 10 END,
        CASE WHEN two IS NULL THEN 20 END, CASE WHEN three IS NULL THEN 30 END,
        CASE WHEN ten IS NULL THEN 100 END, CASE WHEN paper_of_16 IS NULL THEN 80 * paper_high END,
        CASE WHEN paper_of_6 IS NULL THEN 30 * paper_high END,
        CASE WHEN paper_of_2 IS NULL THEN 10 * paper_high END,
        CASE WHEN university IS NULL THEN 5 * credits END, CASE WHEN by_year IS NULL THEN yearly END,
        CASE WHEN by_week IS NULL THEN study END) END AS raw_high
  FROM rows_met
),
posts AS (
  SELECT subject, start_date, start_date IS NULL AND NOT start_date__none AS start_unknown,
    start_date__none OR start_date <= $asked AS begun, end_date, end_date__unknown,
    CASE WHEN outlying_island__none THEN false ELSE outlying_island END AS island,
    CASE WHEN remote_area__none THEN false ELSE remote_area END
      AND CASE WHEN remote_list__none THEN false
        ELSE remote_list IN ('mountain', 'under_resourced', 'shortage') END AS remote
  FROM practice_registration
),
there AS (
  -- RRT-4.14, RRT-4.15: registered on the day of the activity on an island, far away
  SELECT e.subject, e.id, max(least(covers, tri(island))) AS island, max(least(covers, tri(remote))) AS remote
  FROM (
    SELECT e.subject, e.id, island, remote,
      tri(begun AND reached(date, date_unknown, start_date, start_unknown)
        AND (NOT end_date__unknown AND p.end_date IS NULL
          OR reached(p.end_date, end_date__unknown, date, date_unknown))) AS covers
    FROM (SELECT subject, id, date, date_unknown FROM placed) e
    JOIN posts p USING (subject) WHERE tri(island) > 0 OR tri(remote) > 0
  ) e GROUP BY e.subject, e.id
),
factors AS (
  SELECT w.*,
    least(tri(wanted AND mode <> '10'), greatest(coalesce(island, 0), posts_open::TINYINT)) AS island,
    least(tri(wanted AND mode <> '10'), greatest(coalesce(remote, 0), posts_open::TINYINT)) AS remote
  FROM worth w LEFT JOIN there USING (subject, id)
),
under_caps AS (
  SELECT subject, id, turn, inside, in_cycle, attribute, more, raw_low, raw_high,
    CASE WHEN greatest(least(island, remote), least(island, 2 - remote)) = 2 THEN 20
      WHEN least(2 - island, remote) = 2 THEN 15 ELSE 10 END AS factor_low,
    CASE WHEN least(2 - island, remote) = 2 THEN 15
      WHEN greatest(least(island, remote), least(island, 2 - remote)) > 0 THEN 20
      WHEN least(2 - island, remote) > 0 THEN 15 ELSE 10 END AS factor_high,
    settled AND mode IS NOT NULL
      AND NOT (mode IN ('4', '5', '6', '7', '9', '11', '13') AND in_cycle = 1)
      AND NOT (mode = '8' AND semester IS NULL)
      AND NOT (mode = '5' AND (assessed IS NULL OR assessed AND source IS NULL))
      AND NOT (mode = '7' AND source IS NULL) AS known,
    -- RRT-4.4.c to RRT-4.13.b, RRT-4.8.b
    CASE WHEN mode IN ('4', '5', '6', '7', '9', '11', '13') AND in_cycle = 2 THEN mode
      WHEN mode = '8' THEN '8/' || CASE semester WHEN '' THEN '#' || id ELSE semester END END AS room,
    CASE mode WHEN '4' THEN 6000 WHEN '5' THEN 8000 WHEN '6' THEN 8000 WHEN '7' THEN 5000
      WHEN '8' THEN 1500 WHEN '9' THEN 1500 WHEN '11' THEN 3000 WHEN '13' THEN 2500 END AS most,
    -- RRT-4.5.a, RRT-4.7.a
    CASE WHEN mode = '5' AND assessed OR mode = '7'
      THEN mode || '/' || CASE source WHEN '' THEN '#' || id ELSE source END END AS single,
    mode = '7' AS highest
  FROM factors
),
sides AS (
  SELECT subject, id, turn, inside, in_cycle, more, raw_low, raw_high, factor_low, factor_high, known,
    most, highest, professional,
    CASE WHEN known THEN room END AS room, CASE WHEN known THEN single END AS single,
    least(in_cycle, CASE WHEN professional THEN tri(attribute = 'professional')
      ELSE tri(attribute IN ('quality', 'ethics', 'law')) END) AS counts,
    raw_low * factor_low AS low, raw_high * factor_high AS high
  FROM under_caps u, (VALUES (true), (false)) AS of(professional)
),
kept AS (
  -- what is not added, and shares no cap and no group with what may be, does not matter
  SELECT *,
    inside = 2 AND counts <> 1 AND known AND coalesce(raw_low = raw_high, false)
      AND factor_low = factor_high AND NOT more AS exact
  FROM sides
  QUALIFY counts > 0 OR NOT known
    OR room IS NOT NULL AND bool_or(counts > 0) OVER (PARTITION BY subject, professional, room)
    OR single IS NOT NULL AND bool_or(counts > 0) OVER (PARTITION BY subject, professional, single)
),
sorted AS (
  SELECT *, bool_and(exact) OVER side AS all_exact, bool_and(known) OVER side AS all_known,
    single IS NOT NULL AND row_number() OVER (
      PARTITION BY subject, professional, single ORDER BY CASE WHEN highest THEN low ELSE 0 END DESC, turn, id) > 1 AS repeated,
    single IS NOT NULL AND (NOT bool_and(known) OVER side
      OR count(*) OVER (PARTITION BY subject, professional, single) > 1) AS may_repeat
  FROM kept WINDOW side AS (PARTITION BY subject, professional)
),
in_turn AS (
  -- all is known: each in turn gets what its cap has left
  SELECT *, CASE WHEN repeated THEN 0 ELSE low END AS want,
    sum(CASE WHEN repeated THEN 0 ELSE low END) OVER (
      PARTITION BY subject, professional, room ORDER BY turn, id) AS wanted
  FROM sorted WHERE all_exact
),
settled_sums AS (
  SELECT subject, professional, 
    sum(CASE WHEN room IS NULL THEN want ELSE greatest(0, least(want, most - (wanted - want))) END)
      FILTER (counts = 2) AS low
  FROM in_turn GROUP BY subject, professional
),
rooms AS (
  -- what a cap certainly holds once others have taken all they might, and what it may hold
  SELECT subject, professional, room, any_value(more) AS more, any_value(most) AS most,
    coalesce(sum(low) FILTER (inside = 2 AND NOT may_repeat), 0) AS fill,
    coalesce(sum(high) FILTER (counts < 2), 0) AS taken,
    NOT coalesce(bool_or(counts < 2 AND high IS NULL), false) AS taken_limited,
    coalesce(sum(high) FILTER (counts > 0), 0) AS may,
    NOT coalesce(bool_or(counts > 0 AND high IS NULL), false) AS may_limited,
    bool_or(counts > 0) AS any_counts
  FROM sorted WHERE NOT all_exact AND room IS NOT NULL GROUP BY subject, professional, room
),
others AS (
  SELECT subject, professional, any_value(more) AS more,
    coalesce(sum(low) FILTER (room IS NULL AND inside = 2 AND counts = 2 AND known AND NOT may_repeat), 0)
      AS low,
    coalesce(sum(high) FILTER (room IS NULL AND counts > 0), 0) AS high,
    NOT coalesce(bool_or(room IS NULL AND counts > 0 AND high IS NULL), false) AS limited,
    coalesce(sum(high) FILTER (NOT known AND counts < 2), 0) AS taken,
    NOT coalesce(bool_or(NOT known AND counts < 2 AND high IS NULL), false) AS taken_limited
  FROM sorted WHERE NOT all_exact GROUP BY subject, professional
),
open_sums AS (
  SELECT o.subject, o.professional,
    any_value(o.low) + coalesce(sum(CASE WHEN r.more OR NOT r.taken_limited OR NOT o.taken_limited THEN 0
      ELSE greatest(0, least(fill, most) - r.taken - o.taken) END), 0) AS low,
    any_value(o.high) + coalesce(sum(CASE WHEN NOT any_counts THEN 0 WHEN NOT may_limited THEN most
      ELSE least(may, most) END), 0) AS high,
    any_value(o.limited) AS limited
  FROM others o LEFT JOIN rooms r USING (subject, professional) GROUP BY o.subject, o.professional
),
sums AS (
  SELECT subject, professional, coalesce(low, 0) AS low, coalesce(low, 0) AS high, true AS limited
  FROM settled_sums
  UNION ALL SELECT subject, professional, low, high, limited FROM open_sums
),
figures AS (
  SELECT c.subject, 
    coalesce(p.low, 0)::BIGINT AS professional_low, coalesce(p.high, 0)::BIGINT AS professional_high,
    coalesce(p.limited, true) AND NOT more AS professional_limited,
    coalesce(s.low, 0)::BIGINT AS supporting_low, coalesce(s.high, 0)::BIGINT AS supporting_high,
    coalesce(s.limited, true) AND NOT more AS supporting_limited
  FROM cycles c
  LEFT JOIN sums p ON p.subject = c.subject AND p.professional
  LEFT JOIN sums s ON s.subject = c.subject AND NOT s.professional
)
SELECT *,
  professional_low + least(supporting_low, 2400) AS total_low,
  professional_high + CASE WHEN supporting_limited THEN least(supporting_high, 2400) ELSE 2400 END
    AS total_high,
  professional_limited AS total_limited,
  CASE WHEN professional_limited AND supporting_limited AND professional_low = professional_high
    AND supporting_low = supporting_high THEN 0 ELSE 1 END AS outcome
FROM figures ORDER BY subject
