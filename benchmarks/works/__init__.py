"""What is measured: a file for each piece of work, or for two of the same kind."""

from benchmarks.works.growth import GROWTH
from benchmarks.works.options import BULK, OPTIONS
from benchmarks.works.plans import CONSOLIDATED
from benchmarks.works.shipped import SHIPPED
from benchmarks.works.starting import STARTING
from benchmarks.works.workbook import WORKBOOK

WORKS = {
    work.name: work for work in (SHIPPED, STARTING, OPTIONS, BULK, WORKBOOK, CONSOLIDATED, GROWTH)
}
