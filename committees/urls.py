from django.urls import path

from committees.views import admission, all_seats, catalogue, committee, manage, roles, seats, settings
from committees.views.applications import queue, review
from committees.views.apply import begin, organisation, pages, sections
from temp_portal.core.lists import list_paths

app_name = "committees"

urlpatterns = [
    *list_paths("committees", catalogue.Catalogue, name="catalogue"),
    *list_paths("committees/members", catalogue.MemberList, name="members"),
    path("committees/new/", manage.NewCommittee.as_view(), name="committee-new"),
    *list_paths("committees/<slug:slug>", committee.CommitteePage, name="committee"),
    *list_paths("committees/<slug:slug>/roster", committee.RosterPage, name="roster"),
    path("committees/<slug:slug>/admit/", admission.Admit.as_view(), name="admit"),
    path("committees/<slug:slug>/seats/<int:pk>/", seats.SeatPage.as_view(), name="seat"),
    path("committees/<slug:slug>/seats/<int:pk>/change/", seats.ChangeSeat.as_view(), name="seat-change"),
    path("committees/<slug:slug>/seats/<int:pk>/suspend/", seats.SuspendSeat.as_view(), name="seat-suspend"),
    path("committees/<slug:slug>/seats/<int:pk>/resume/", seats.ResumeSeat.as_view(), name="seat-resume"),
    path("committees/<slug:slug>/seats/<int:pk>/end/", seats.EndSeat.as_view(), name="seat-end"),
    path("committees/<slug:slug>/seats/<int:pk>/reinstate/", seats.WithdrawEnd.as_view(), name="seat-reinstate"),
    path("committees/<slug:slug>/seats/<int:pk>/admission/", seats.CorrectAdmission.as_view(), name="seat-admission"),
    path("committees/<slug:slug>/seats/<int:pk>/appoint/", seats.Appoint.as_view(), name="seat-appoint"),
    path("committees/<slug:slug>/appointments/<int:pk>/end/", seats.EndAppointment.as_view(), name="appointment-end"),
    path("committees/<slug:slug>/settings/", settings.Settings.as_view(), name="settings"),
    path("committees/<slug:slug>/settings/description/", manage.Describe.as_view(), name="settings-description"),
    path("committees/<slug:slug>/settings/steps/<slug:step>/", settings.TakeStep.as_view(), name="settings-step"),
    path("committees/<slug:slug>/settings/terms/new/", settings.NewTerm.as_view(), name="term-new"),
    path("committees/<slug:slug>/settings/terms/<int:pk>/", settings.EditTerm.as_view(), name="term"),
    path("committees/<slug:slug>/settings/filings/", settings.SaveFiling.as_view(), name="filing"),
    path("committees/<slug:slug>/settings/positions/<int:pk>/", settings.EditPosition.as_view(), name="position"),
    path("committees/pick/organisations/", manage.PickOrganisation.as_view(), name="pick-organisation"),
    path("committees/pick/committees/", manage.PickCommittee.as_view(), name="pick-committee"),
    *list_paths("seats", all_seats.AllSeats, name="all-seats"),
    *list_paths("committees/<slug:slug>/applications", queue.Queue, name="queue"),
    path("applications/<int:pk>/", review.Review.as_view(), name="application"),
    path("applications/<int:pk>/approve/", review.Approve.as_view(), name="application-approve"),
    path("applications/<int:pk>/return/", review.ReturnForCompletion.as_view(), name="application-return"),
    path("applications/<int:pk>/reject/", review.Reject.as_view(), name="application-reject"),
    path("apply/", begin.Begin.as_view(), name="apply"),
    path("apply/organisation/", organisation.FindOrganisation.as_view(), name="apply-organisation"),
    path("apply/organisation/new/", organisation.NewOrganisation.as_view(), name="apply-new-organisation"),
    path("apply/organisation/<int:pk>/claim/", organisation.ClaimOrganisation.as_view(), name="apply-claim"),
    path("apply/<int:pk>/", pages.Overview.as_view(), name="apply-application"),
    path("apply/<int:pk>/organisation/", sections.OrganisationSection.as_view(), name="section-organisation"),
    path("apply/<int:pk>/ownership/", sections.OwnershipSection.as_view(), name="section-ownership"),
    path("apply/<int:pk>/chain/", sections.ChainSection.as_view(), name="section-chain"),
    path("apply/<int:pk>/representative/", sections.RepresentativeSection.as_view(), name="section-representative"),
    path("apply/<int:pk>/motivation/", sections.MotivationSection.as_view(), name="section-motivation"),
    path("apply/<int:pk>/check/", pages.Check.as_view(), name="apply-check"),
    path("apply/<int:pk>/withdraw/", pages.Withdraw.as_view(), name="apply-withdraw"),
    *list_paths("people/roles", roles.RoleList, name="role-list"),
    path("people/roles/invite/", roles.Invite.as_view(), name="role-invite"),
    path("people/roles/<int:pk>/", roles.EndRole.as_view(), name="role"),
    path("people/roles/<int:pk>/replace/", roles.ReplaceHolder.as_view(), name="role-replace"),
    path("people/roles/<int:pk>/invite-again/", roles.InviteAgain.as_view(), name="role-invite-again"),
]
