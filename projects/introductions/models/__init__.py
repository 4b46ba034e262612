from projects.introductions.models.entrepreneur import Assessment, Entrepreneur
from projects.introductions.models.introduction import Introduction

__all__ = ["Assessment", "Entrepreneur", "Introduction"]
