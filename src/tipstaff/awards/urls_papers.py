"""The addresses of the pages of papers, below the room's own."""

from django.urls import path

from tipstaff.awards.views.papers import award, due, memoranda, statistics

MEMORANDUM = "<slug:ref>/papers/<int:number>"
urlpatterns = [
    path("due/", due.due, name="due"),
    path("due/<int:number>/pause/", due.pause, name="pause_clock"),
    path("due/<int:number>/resume/", due.resume, name="resume_clock"),
    path("due/<int:number>/file/", due.file, name="file_report"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/export/", statistics.export, name="statistics_export"),
    path("statistics/published/", statistics.published, name="statistics_published"),
    path("statistics/awards/", statistics.rows, name="statistics_rows"),
    path("<slug:ref>/papers/", award.papers, name="papers"),
    path("<slug:ref>/papers/issue/", memoranda.issue, name="issue_memorandum"),
    path("<slug:ref>/papers/receipt/", due.hold_receipt, name="hold_receipt"),
    path("<slug:ref>/papers/report/", due.report, name="report_payment"),
    path(f"{MEMORANDUM}/", memoranda.memorandum, name="memorandum"),
    path(
        f"{MEMORANDUM}/<slug:version>/<slug:paper>/<slug:language>.pdf", memoranda.pdf, name="memorandum_pdf"
    ),
]
