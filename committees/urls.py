from committees.views import catalogue, committee
from temp_portal.core.lists import list_paths

app_name = "committees"

urlpatterns = [
    *list_paths("committees", catalogue.Catalogue, name="catalogue"),
    *list_paths("committees/members", catalogue.MemberList, name="members"),
    *list_paths("committees/<slug:slug>", committee.CommitteePage, name="committee"),
    *list_paths("committees/<slug:slug>/roster", committee.RosterPage, name="roster"),
]
