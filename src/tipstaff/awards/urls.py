"""The addresses of the awards pages at the desk. Those with a word of their own stand before those with a reference."""

from django.urls import path

from tipstaff.awards import urls_committee, urls_papers, urls_payments
from tipstaff.awards.views import award, decision, delegation, nomination

app_name = "awards"
urlpatterns = [
    path("", award.awards, name="awards"),
    path("nominate/", nomination.choose, name="choose"),
    path("nominate/<slug:outcome>/", nomination.begin, name="begin"),
    path("delegations/", delegation.lent, name="delegations"),
    path("delegations/<slug:ref>/confirm/", delegation.confirm, name="confirm_delegation"),
    path("delegations/<slug:ref>/end/", delegation.end, name="end_delegation"),
    *urls_committee.urlpatterns,
    *urls_payments.urlpatterns,
    *urls_papers.urlpatterns,
    path("<slug:ref>/", award.award, name="award"),
    path("<slug:ref>/rules/<int:number>/", award.determination, name="determination"),
    path("<slug:ref>/draft/", nomination.change, name="change_nomination"),
    path("<slug:ref>/nominate/", award.nominate, name="nominate"),
    path("<slug:ref>/withdraw/", award.withdraw, name="withdraw"),
    path("<slug:ref>/return/", award.send_back, name="return"),
    path("<slug:ref>/endorse/", award.endorse, name="endorse"),
    path("<slug:ref>/eligible/", award.find_eligible, name="find_eligible"),
    path("<slug:ref>/ineligible/", award.find_ineligible, name="find_ineligible"),
    path("<slug:ref>/seek-concurrence/", award.seek_concurrence, name="seek_concurrence"),
    path("<slug:ref>/concur/", award.concur, name="concur"),
    path("<slug:ref>/object/", award.object_to, name="object"),
    path("<slug:ref>/decide/", decision.decide, name="decide"),
    path("<slug:ref>/certify/", award.certify, name="certify"),
    path("<slug:ref>/notice/", award.give_notice, name="give_notice"),
    path("<slug:ref>/notice-over/", award.end_notice, name="end_notice"),
    path("<slug:ref>/protection/", award.plan_protection, name="plan_protection"),
    path("<slug:ref>/reconsider/", award.reconsider, name="reconsider"),
    path("<slug:ref>/close/", award.close, name="close"),
]
