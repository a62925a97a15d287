"""What crosses into a student's sandbox: the wire, the values that it carries, the agent, the kernel.

Only this folder of `grading` is mounted there. It needs the standard library and NumPy, and it
holds nothing that a student may not read.
"""
