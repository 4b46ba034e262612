from projects.progress.models.milestone import Milestone
from projects.progress.models.remarks import Comment, ProjectDocument
from projects.progress.models.update import (
    Capacity,
    JobCount,
    Localisation,
    MilestoneChange,
    ProgressUpdate,
    UpdateRound,
)

__all__ = [
    "Capacity",
    "Comment",
    "JobCount",
    "Localisation",
    "Milestone",
    "MilestoneChange",
    "ProgressUpdate",
    "ProjectDocument",
    "UpdateRound",
]
