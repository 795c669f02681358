"""The whole plan as one report: in brief, then every table, what was checked, and every source.

`page` puts the parts in their order. `in_brief` says what a director would, with what drives it
(`drivers`) and what is at risk (`risks`); `sources` tells where every line stands.
"""
