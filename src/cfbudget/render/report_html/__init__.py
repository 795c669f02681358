"""A report as one HTML file: the blocks of its page in a shell that searches, sorts and explains.

`shell` fills the template; `figure_marks` marks figures and rows for the script, `island` is what
the script knows of them, `content_policy` says what a browser may run: this style and this script.
"""
