"""Who has somebody's post once they have left, so that what was theirs to do goes on.

Source: OG-06, OG-08, PF-05, PF-09, PF-12.
"""

from collections.abc import Iterable

from domain.people import Person, Post

_OF_TEAM = (Post.TM, Post.ATM)
_OF_SERVICE = (Post.SM,)
_OF_COUNCIL = (
    Post.DCS,
    Post.AD_CARE,
    Post.AD_QA,
    Post.SM_QA,
    Post.SM_IMPACT,
    Post.PSW,
    Post.PMPM,
    Post.LEARNING,
    Post.PERFORMANCE,
    Post.QAO,
    Post.COMPLAINTS,
    Post.POLICY,
)


def successor(leaver: Person, staff: Iterable[Person]) -> Person | None:
    """Who has the leaver's post by now: in their team, in their service, or in the council.

    Posts that many hold side by side, as a practitioner's, pass to nobody: none of them is the next in it.
    """
    here = sorted((one for one in staff if one.left_on is None), key=lambda one: one.id)
    in_team = [one for one in here if leaver.team_id is not None and one.team_id == leaver.team_id]
    in_service = [
        one for one in here if leaver.service_id is not None and one.service_id == leaver.service_id
    ]
    for posts, among in ((_OF_TEAM, in_team), (_OF_SERVICE, in_service), (_OF_COUNCIL, here)):
        for post in posts:
            found = [one for one in among if post in one.posts]
            if post in leaver.posts and found:
                return found[0]
    return None
