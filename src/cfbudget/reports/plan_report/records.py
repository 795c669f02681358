"""The report of a plan as tidy data: the cells of every table, and with a scenario of all three."""

from cfbudget.layout.page import Records
from cfbudget.reports.beside.records import beside_records
from cfbudget.reports.plan_report.subject import ReportSubject
from cfbudget.reports.totals.records import totals_records
from cfbudget.reports.trial.records import scenario_records


def report_records(subject: ReportSubject) -> Records:
    if subject.beside:
        return beside_records(subject.beside)
    if subject.trial:
        return scenario_records(subject.trial)
    return totals_records(subject.tables, notes=True)
