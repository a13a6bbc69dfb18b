"""Training's data: the pages people learn from, and what they have learned."""

from .enrolments import Enrolment, LessonProgress
from .pages import CourseIndexPage, CoursePage, LessonPage

__all__ = ["CourseIndexPage", "CoursePage", "Enrolment", "LessonPage", "LessonProgress"]
