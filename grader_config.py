"""Settings of this course: nbgrader's (c.CourseDirectory, …) and the grader's own (c.Grader).

Commented lines show the defaults. `python -m grading grade LAB` and nbgrader both read this file.
"""

c = get_config()  # noqa: F821  (traitlets provides it)

c.CourseDirectory.course_id = "deep_learning"

# Any text that students do not know; keep it for the whole term. Hidden inputs come from it, so
# that this public repository shows the tests but not the numbers of your course.
c.Grader.course_key = "practice"

# False, True, or a list of labs that must run on a GPU, such as ["ch05_cats_dogs"].
c.Grader.require_gpu = False

# Which student has which variant; leave it empty to let students choose.
# c.Grader.roster = {"ada": "digits", "grace": "fashion"}

# What one submission may use.
# c.Grader.workers = 2
# c.Grader.cell_seconds = 45
# c.Grader.notebook_seconds = 300
# c.Grader.memory_mb = 4096
# c.Grader.processes = 256
# c.Grader.file_mb = 512
