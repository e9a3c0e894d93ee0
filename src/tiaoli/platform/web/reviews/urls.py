"""Addresses of reviews."""

from django.urls import path

from tiaoli.facts.kinds import Label
from tiaoli.platform.web.menu import MENU, Entry
from tiaoli.platform.web.reviews import batches, deeds, views
from tiaoli.platform.web.reviews.seats import from_the_house, sits_in_review

MENU.append(Entry("reviews", Label("待審", "To review"), "inbox", sits_in_review))
MENU.append(
    Entry("review_customs", Label("審查方式", "How we review"), "adjustments", from_the_house)
)

_ONE = "reviews/<str:number>"

urlpatterns = [
    path("reviews/", views.queued, name="reviews"),
    path("reviews/several/", batches.several, name="review_batch"),
    path("how-we-review/", deeds.customs, name="review_customs"),
    path(f"{_ONE}/", views.one, name="review"),
    path(f"{_ONE}/skip", views.skip, name="review_skip"),
    path(f"{_ONE}/facts", deeds.on_fact, name="review_fact"),
    path(f"{_ONE}/clauses", deeds.on_clause, name="review_clause"),
    path(f"{_ONE}/proposal", deeds.proposal, name="review_proposal"),
    path(f"{_ONE}/conflict", deeds.conflict, name="review_conflict"),
    path(f"{_ONE}/reviewers", deeds.reviewer, name="review_assign"),
    path(f"{_ONE}/reviewers/<int:pk>/back", deeds.unassigned, name="review_unassign"),
]
