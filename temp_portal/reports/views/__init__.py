from temp_portal.reports.views.create import ReportCreate
from temp_portal.reports.views.figures import FigureRecords
from temp_portal.reports.views.lists import ReportList
from temp_portal.reports.views.report import ReportDownload, ReportPage, ReportRecompute

__all__ = ["FigureRecords", "ReportCreate", "ReportDownload", "ReportList", "ReportPage", "ReportRecompute"]
