"""Pages for a browser: one file that shows an answer, or what the graph holds about a thing, and needs nothing else.

`answers_page()` and `thing_page()` are pure: values in, HTML out, the same for the same values. What stands behind the
statements of a page (`kg.query.places`) is read before. The templates in `templates/` are parts that fit together:
`base.html` is every page's frame, `table.html`, `evidence.html` and `picture.html` are macros for what is in it.
"""

from kg.web.answers import answers_page, sources_of
from kg.web.things import SHOWN, shown, statements, thing_page

__all__ = ["SHOWN", "answers_page", "shown", "sources_of", "statements", "thing_page"]
