-- RT3 under the default readings, written by hand for DuckDB: one aggregate over each kind of
-- record, joined by subject. Truths are NULL where something is not known (tri: 0, 1 open, 2 met).
--
-- An attribute x that is NULL is not known, or there is none where x__none; for end_date, to_date,
-- revoked_date, topics, learner_type and institution of a list it is the other way round.

CREATE OR REPLACE MACRO tri(met) AS coalesce(2 * met::TINYINT, 1)::TINYINT;
CREATE OR REPLACE MACRO happened(day, none, asked) AS none OR day <= asked;
CREATE OR REPLACE MACRO lasting(last_day, unknown, day) AS
  CASE WHEN unknown THEN NULL ELSE last_day IS NULL OR last_day >= day END;
CREATE OR REPLACE MACRO list_open(kinds, kind) AS
  CASE WHEN list_contains(kinds, kind) THEN 1 ELSE 0 END::TINYINT;

-- the question
WITH asked AS (
  SELECT $asked::DATE AS day, $asked::DATE - INTERVAL 1 YEAR AS one, $asked::DATE - INTERVAL 3 YEAR AS three,
    $asked::DATE - INTERVAL 5 YEAR AS five
),
licences AS (
  SELECT subject,
    -- RTL-2.1
    max(tri(happened(issue_date, issue_date__none, day)
      AND profession = 'radiographer' AND NOT profession__none
      AND NOT issuer__none
      AND (issuer = 'mohw' OR issuer = 'doh' AND issue_date < DATE '2013-07-23' AND NOT issue_date__none)
      AND CASE WHEN revoked_date__unknown THEN NULL ELSE revoked_date IS NULL OR revoked_date > day END
    )) AS licensed,
    -- the first licence of a radiographer, and whether another may be the first
    min(issue_date) FILTER (issue_date <= day AND profession = 'radiographer') AS first_day,
    bool_or(profession = 'radiographer' AND happened(issue_date, issue_date__none, day)) AS certain,
    bool_or(issue_date IS NULL AND NOT issue_date__none
      AND (profession = 'radiographer' OR profession IS NULL AND NOT profession__none)) AS undated,
    bool_or(profession IS NULL AND NOT profession__none
      AND happened(issue_date, issue_date__none, day)) AS doubtful,
    min(issue_date) FILTER (issue_date <= day AND profession IS NULL AND NOT profession__none)
      AS first_doubtful
  FROM licence, asked GROUP BY subject
),
posts AS (
  SELECT subject,
    -- RTL-2.2
    max(tri(happened(start_date, start_date__none, day) AND lasting(end_date, end_date__unknown, day)))
      AS practises,
    min(start_date) FILTER (start_date <= day) AS first_day,
    bool_or(start_date IS NULL AND NOT start_date__none) AS undated
  FROM practice_registration, asked GROUP BY subject
),
reviews AS (
  SELECT subject,
    -- RTL-3.2a
    max(tri(level = 'RT3' AND NOT level__none AND result = 'passed' AND NOT result__none
      AND date <= day AND NOT date__none)) AS reviewed
  FROM institution_review, asked GROUP BY subject
),
awards AS (
  SELECT subject,
    -- RTL-3.3
    max(tri(happened(approval_date, approval_date__none, day))) AS awarded,
    max(approval_date) FILTER (approval_date <= day) AS last_day,
    bool_or(approval_date IS NULL AND NOT approval_date__none) AS undated,
    -- RTL-3.3b
    max(tri(happened(approval_date, approval_date__none, day) AND level = 'RT2' AND NOT level__none))
      AS level_below
  FROM level_award, asked GROUP BY subject
),
certifications AS (
  SELECT subject,
    -- RTL-4A.RT3.JCT
    max(tri(happened(issue_date, issue_date__none, day)
      AND issuer_type = 'jct' AND NOT issuer_type__none)) AS certified,
    -- RTL-5.RT3.TEACH.a
    max(tri(issuer_type = 'jct' AND NOT issuer_type__none AND issue_date <= day AND NOT issue_date__none
      AND expiry_date >= day AND NOT expiry_date__none)) AS certified_now
  FROM teacher_certification, asked GROUP BY subject
),
papers AS (
  SELECT subject,
    -- RTL-5.RT3.ACAD
    max(tri(type IN ('conference_oral', 'conference_poster', 'journal_article') AND NOT type__none
      AND publication_date BETWEEN five AND day AND NOT publication_date__none)) AS academic,
    -- RTL-4A.RT3.PUB
    max(tri(type IN ('conference_oral', 'conference_poster', 'journal_article') AND NOT type__none
      AND publication_date BETWEEN five AND day AND NOT publication_date__none
      AND author_role IN ('first', 'co_first', 'corresponding') AND NOT author_role__none
      AND (type IN ('conference_oral', 'conference_poster')
        OR peer_reviewed AND NOT peer_reviewed__none))) AS published
  FROM publication, asked GROUP BY subject
),
teaching AS (
  SELECT subject,
    -- RTL-5.RT3.TEACH.b
    max(tri(date BETWEEN three AND day AND NOT date__none
      AND type = 'oral_report_supervision' AND NOT type__none
      AND CASE WHEN learner_type__unknown THEN NULL ELSE learner_type IS NULL OR learner_type <> 'other' END
    )) AS supervises,
    -- RTL-5.RT3.TEACH.c
    max(tri(date BETWEEN three AND day AND NOT date__none AND type = 'lesson_plan' AND NOT type__none))
      AS lesson_plan
  FROM teaching_activity, asked GROUP BY subject
),
courses AS (
  SELECT *,
    -- RTL-5.RT3.ADMIN.a: on quality or safety, in the window
    tri(end_date BETWEEN three AND day AND NOT end_date__none
      AND (type IN ('care_quality', 'patient_safety') AND NOT type__none
        OR CASE WHEN topics__unknown THEN NULL ELSE topics IS NOT NULL
          AND (list_contains(topics, 'care_quality') OR list_contains(topics, 'patient_safety')) END)) AS counts
  FROM training, asked
),
trained AS (
  SELECT subject,
    coalesce(sum(hours) FILTER (counts = 2), 0) AS minutes_low,
    coalesce(sum(hours) FILTER (counts >= 1), 0) AS minutes_high,
    NOT bool_or(counts >= 1 AND hours IS NULL AND NOT hours__none) AS minutes_limited,
    -- RTL-5.RT3.PROF, RTL-5.N2
    max(tri(type = 'advanced_field' AND NOT type__none
      AND issuer_type IN ('professional_society', 'teaching_hospital', 'school') AND NOT issuer_type__none
      AND document_type IN ('training_certificate', 'pass_certificate') AND NOT document_type__none
      AND end_date <= day AND NOT end_date__none)) AS professional
  FROM courses GROUP BY subject
),
qualified AS (
  SELECT subject, max(tri(happened(issue_date, issue_date__none, day))) AS professional
  FROM qa_qualification, asked GROUP BY subject
),
projects AS (
  SELECT subject,
    -- RTL-5.RT3.ADMIN.b
    max(tri(happened(start_date, start_date__none, day) AND lasting(end_date, end_date__unknown, three)))
      AS activity
  FROM quality_activity, asked GROUP BY subject
),
offices AS (
  SELECT subject,
    -- RTL-5.RT3.ADMIN.c
    max(tri(happened(start_date, start_date__none, day) AND lasting(end_date, end_date__unknown, three)
      AND type = 'accreditation_lead' AND NOT type__none)) AS lead
  FROM administrative_role, asked GROUP BY subject
),
attestations AS (
  SELECT subject,
    max(tri(happened(date, date__none, day) AND scope = 'supervise_interns' AND NOT scope__none))
      AS attested
  FROM competency_attestation, asked GROUP BY subject
),
duties AS (
  SELECT subject, id, institution, institution__none, item, item__none,
    tri(happened(start_date, start_date__none, day) AND lasting(end_date, end_date__unknown, day)
      AND role = 'performs' AND NOT role__none) AS in_hand
  FROM clinical_duty, asked
),
lists AS (
  SELECT subject, institution, institution__unknown, items, items__none,
    tri(happened(from_date, from_date__none, day) AND lasting(to_date, to_date__unknown, day)
      AND owner = 'institution' AND NOT owner__none) AS in_force
  FROM institution_duty_list, asked
),
on_list AS (
  -- RTL-5.N1: the list of the same institution has the item
  SELECT duties.subject, duties.id,
    max(least(in_hand, in_force,
      CASE WHEN duties.institution IS NULL AND NOT institution__none OR institution__unknown THEN 1
        WHEN duties.institution = lists.institution THEN 2 ELSE 0 END,
      CASE WHEN item IS NULL AND NOT item__none OR items IS NULL AND NOT items__none THEN 1
        WHEN coalesce(list_contains(items, item), false) THEN 2 ELSE 0 END)) AS listed
  FROM duties JOIN lists USING (subject) WHERE in_hand > 0 AND in_force > 0
  GROUP BY duties.subject, duties.id
),
work AS (
  SELECT subject, max(coalesce(listed, 0)) AS listed, max(in_hand) AS in_hand
  FROM duties LEFT JOIN on_list USING (subject, id) GROUP BY subject
),
rulings AS (
  -- what was decided last on a clause; of two rulings of one day the one whose id comes last
  SELECT subject,
    arg_max(coalesce(decision, ''), (date, id)) FILTER (clause = 'RTL-2.2') AS practising,
    arg_max(coalesce(decision, ''), (date, id)) FILTER (clause = 'RTL-5.RT3.CLIN') AS advanced_work
  FROM judgement, asked
  WHERE clause IN ('RTL-2.2', 'RTL-5.RT3.CLIN') AND date <= day
    AND (decision IS NOT NULL OR decision__none)
  GROUP BY subject
),
since AS (
  -- from when on service counts (NULL: there is no such day), and whether that is known
  SELECT subject, incomplete, greatest(l.first_day, p.first_day) AS since,
    NOT (list_contains(coalesce(incomplete, []), 'licence')
      OR list_contains(coalesce(incomplete, []), 'practice_registration')
      OR coalesce(p.undated OR l.undated OR l.doubtful AND NOT coalesce(l.certain, false)
        OR l.first_doubtful <= l.first_day, false)) AS since_known
  FROM practitioner LEFT JOIN licences l USING (subject) LEFT JOIN posts p USING (subject)
),
services AS (
  SELECT s.subject, since, since_known, since_known AND since IS NULL AS never,
    start_date IS NOT NULL AND NOT end_date__unknown AS dated,
    greatest(start_date, since) AS first,
    least(coalesce(end_date, day), day - 1) AS last,
    since_known AND start_date < day AND NOT end_date__unknown
      AND coalesce(end_date, day) >= since AND greatest(start_date, since) < day AS counts
  FROM clinical_service s JOIN since USING (subject), asked
  WHERE start_date IS NULL OR start_date <= day
),
spans AS (
  SELECT subject, first, last,
    max(last) OVER (PARTITION BY subject ORDER BY first, last
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
  FROM services WHERE counts
),
served AS (
  SELECT subject, min(first) AS first, max(last) AS last,
    count(*) FILTER (reached IS NULL OR first > reached + 1) AS blocks,
    sum(greatest(0, date_diff('day', greatest(first, coalesce(reached + 1, first)), last) + 1)) AS days
  FROM spans GROUP BY subject
),
years AS (
  -- RTL-4A.RT3.YEARS: by the calendar without a break, by the days with one
  SELECT s.subject,
    CASE WHEN coalesce(bool_or(CASE WHEN blocks = 1 THEN served.first <= served.last + 1 - INTERVAL 3 YEAR
        ELSE days >= 3 * 365 END), false) THEN 2
      WHEN bool_or(NOT never AND (NOT dated OR NOT since_known)) THEN 1 ELSE 0 END AS years
  FROM services s LEFT JOIN served USING (subject) GROUP BY s.subject
),
clauses AS (
  SELECT s.subject,
    greatest(coalesce(licensed, 0), list_open(incomplete, 'licence')) AS licensed,
    greatest(coalesce(practises, 0), list_open(incomplete, 'practice_registration'),
      CASE practising WHEN 'met' THEN 2 ELSE 0 END, CASE WHEN practising IS NULL THEN 1 ELSE 0 END)
      AS practises,
    greatest(coalesce(reviewed, 0), list_open(incomplete, 'institution_review')) AS reviewed,
    greatest(2 - greatest(coalesce(awarded, 0), list_open(incomplete, 'level_award')),
      CASE WHEN coalesce(awards.undated, false) OR list_open(incomplete, 'level_award') = 1 THEN 1
        WHEN awards.last_day <= one THEN 2 ELSE 0 END) AS interval,
    greatest(coalesce(level_below, 0), list_open(incomplete, 'level_award')) AS level_below,
    greatest(coalesce(years, 0), list_open(incomplete, 'clinical_service')) AS years,
    greatest(coalesce(certified, 0), list_open(incomplete, 'teacher_certification')) AS certified,
    greatest(coalesce(certified_now, 0), list_open(incomplete, 'teacher_certification'))
      AS certified_now,
    greatest(coalesce(published, 0), list_open(incomplete, 'publication')) AS published,
    greatest(coalesce(academic, 0), list_open(incomplete, 'publication')) AS academic,
    greatest(coalesce(supervises, 0), list_open(incomplete, 'teaching_activity')) AS supervises,
    greatest(coalesce(lesson_plan, 0), list_open(incomplete, 'teaching_activity')) AS lesson_plan,
    greatest(coalesce(trained.professional, 0), coalesce(qualified.professional, 0),
      list_open(incomplete, 'training'), list_open(incomplete, 'qa_qualification'))
      AS professional,
    coalesce(minutes_low, 0)::BIGINT AS minutes_low,
    coalesce(minutes_high, 0)::BIGINT AS minutes_high,
    coalesce(minutes_limited, true) AND list_open(incomplete, 'training') = 0 AS minutes_limited,
    greatest(coalesce(activity, 0), list_open(incomplete, 'quality_activity')) AS activity,
    greatest(coalesce(lead, 0), list_open(incomplete, 'administrative_role')) AS lead,
    greatest(
      least(
        greatest(coalesce(attested, 0), list_open(incomplete, 'competency_attestation')),
        greatest(coalesce(listed, 0), list_open(incomplete, 'clinical_duty'),
          least(coalesce(in_hand, 0), list_open(incomplete, 'institution_duty_list')))),
      CASE advanced_work WHEN 'met' THEN 2 ELSE 0 END,
      CASE WHEN advanced_work IS NULL THEN 1 ELSE 0 END) AS clinical
  FROM practitioner s
  LEFT JOIN licences USING (subject)
  LEFT JOIN posts USING (subject)
  LEFT JOIN reviews USING (subject)
  LEFT JOIN awards USING (subject)
  LEFT JOIN years USING (subject)
  LEFT JOIN certifications USING (subject)
  LEFT JOIN papers USING (subject)
  LEFT JOIN teaching USING (subject)
  LEFT JOIN trained USING (subject)
  LEFT JOIN qualified USING (subject)
  LEFT JOIN projects USING (subject)
  LEFT JOIN offices USING (subject)
  LEFT JOIN attestations USING (subject)
  LEFT JOIN work USING (subject)
  LEFT JOIN rulings USING (subject), asked
),
measured AS (
  -- RTL-5.RT3.ADMIN.a: eight hours
  SELECT *, greatest(supervises, lesson_plan) AS has_taught,
    CASE WHEN minutes_low >= 480 THEN 2 WHEN NOT minutes_limited OR minutes_high >= 480 THEN 1
      ELSE 0 END AS hours
  FROM clauses
),
joined AS (
  SELECT *, least(academic, certified_now, has_taught) AS ability, greatest(hours, activity, lead) AS quality
  FROM measured
),
complete AS (
  SELECT *, least(professional, clinical, ability, quality) AS cells FROM joined
)
SELECT *,
  CASE least(licensed, practises, reviewed, interval, level_below, years, certified, published, cells)
    WHEN 2 THEN 0 WHEN 1 THEN 3 ELSE CASE WHEN licensed = 0 THEN 1 ELSE 2 END END AS outcome
FROM complete ORDER BY subject
