"""Chapter 5: the director, the teachers, and other staff."""

from tiaoli.regulations.nm_program import (
    faculty_director,
    faculty_duties,
    faculty_staff,
    faculty_teachers,
)

QUESTIONS = (
    faculty_director.item_5_1_1,
    *faculty_duties.QUESTIONS,
    *faculty_teachers.QUESTIONS,
    *faculty_staff.QUESTIONS,
)
