"""What cfbudget takes, beside the programs that would be used in its place.

`python -m benchmarks` lets contenders do the same work in turn and prints tables in Markdown.

    made/ ─> works/ ─> contender ─> contest ─> marks, growth ─> markdown ─> docs/performance.md
                                    │    └─ answers: held together before any time counts
                                    └─ process: a whole process, its time and its memory

`programs` finds the other programs, which `install` gets; `machine` says what was measured on.
How well casting finds what is known is measured by `casting` and what stands beside it.
"""
