"""The proof of an import of records, as it is shown."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from cfbudget.grammar import agreed, counted, listed
from cfbudget.imports.tidy.record_proof import WORKINGS, RecordProof
from cfbudget.imports.tidy.records import TABLES, RecordKey, TidyRecord
from cfbudget.layout.grid import Grid, GridRow
from cfbudget.layout.page import Block, Caption, Facts, Items, Page, Records, Sentences, Title, page
from cfbudget.layout.tidy import Record

NOT_HELD = (
    "printed totals and their labels, notes and sources, accepted warnings, former ids, what is "
    "invest to save and what it funds, reserve floors, and rates: type what the plan is to have "
    "of them"
)
WORKING_WORDS = {
    "rates": "the working of assumptions: their changes are kept as amounts, and no record says "
    "what the rates are of",
    "affects": "the net budget in gross and income: no record says which of the two an option "
    "changes",
}
MOST = 10
FIELDS = (*Record._fields, "line", "became", "computed")


class ImportedRecords(NamedTuple):
    """A file of records that was imported, and the proof."""

    file: str
    proof: RecordProof


def record_page(imported: ImportedRecords) -> Page:
    """What is shown before anything is written."""
    return page(_blocks(imported))


def _blocks(imported: ImportedRecords) -> Iterator[Block]:
    proof = imported.proof
    yield Title(f"{imported.file}: the records of a plan, to {', '.join(proof.texts)}")
    yield Facts([f"Records do not hold {NOT_HELD}."])
    yield Caption("What became of every record: computed again from the files, to the penny")
    yield _counts(proof)
    yield Items([*_left_out(proof), *_unsure(proof)])
    yield Sentences(list(_verdict(imported)))


def _counts(proof: RecordProof) -> Grid:
    apart = {one.key for one in proof.apart}
    left = {one.key for one in proof.left_out}
    every, agree, out = Counter[str](), Counter[str](), Counter[str]()
    for one in proof.records:
        every[one.of.table] += 1
        out[one.of.table] += one.key in left
        agree[one.of.table] += one.key not in apart | left
    rows = [
        GridRow(name.capitalize(), [str(one[name]) for one in (every, agree, out)])
        for name in TABLES
        if name in every
    ]
    totals = [str(sum(one.values())) for one in (every, agree, out)]
    rows.append(GridRow("All records", totals, "bold", apart=True))
    return Grid(("Table", "Records", "Computed the same", "Left out"), rows)


def _left_out(proof: RecordProof) -> Iterator[str]:
    found = Counter(WORKINGS[one.key[::2]] for one in proof.left_out)
    for why, count in found.items():
        yield f"Left out: {counted(count, 'record')} of {WORKING_WORDS[why]}."


def _unsure(proof: RecordProof) -> Iterator[str]:
    if not proof.is_only_tree:
        yield (
            "Records do not say what a service is within; what adds up does. Here several ways "
            "do, as some services are nil: see that they stand where they belong."
        )
    if not proof.is_only_contents:
        yield (
            "Records do not say which years' options a budget contains; what the position comes to "
            "does. Here several ways come to it: see that contains_options_of is right."
        )


def _verdict(imported: ImportedRecords) -> Iterator[str]:
    proof = imported.proof
    if proof.holds:
        count = len(proof.records) - len(proof.left_out)
        files = listed(list(proof.texts))
        yield f"Proved: {files} {agreed(len(proof.texts), 'comes')} to {counted(count, 'record')}."
        return
    for one in proof.apart[:MOST]:
        computed = proof.computed.get(one.key)
        ours = "nothing" if computed is None else "another amount"
        yield f"Line {one.line}, {_said(one.key)}, {one.of.amount}: {ours} is computed there."
    for key in proof.missing[:MOST]:
        yield f"{_said(key)} has no record: does the file hold only a part of the plan's?"
    more = len(proof.apart[MOST:]) + len(proof.missing[MOST:])
    if more:
        yield f"And {more:,} more."
    yield "There is no proof, so nothing was written."


def _said(key: RecordKey) -> str:
    table, row, measure, year = key
    return f"{table} {row} {measure.replace('_', ' ')}{f' {year}' if year else ''}"


def record_records(imported: ImportedRecords) -> Records:
    """Each record with what became of it."""
    return Records(FIELDS, [_row(imported.proof, one) for one in imported.proof.records])


def _row(proof: RecordProof, one: TidyRecord) -> dict[str, object]:
    computed = proof.computed.get(one.key)
    became = "computed the same" if computed == one.compared else "differs"
    if one.key in {left.key for left in proof.left_out}:
        became = "left out"
    same = one.of.amount if computed == one.compared else ""
    return {**one.of._asdict(), "line": one.line, "became": became, "computed": same}
