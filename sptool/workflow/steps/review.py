"""Stages 6, 7 and 9 to 11: what the agencies know, the rapid review, the Panel, and the local review."""

from __future__ import annotations

from sptool.records.review import (
    AgencyReturn,
    Chaser,
    InformationRequest,
    Informed,
    LocalReviewDecision,
    PanelReply,
    RapidReview,
    ReviewCommissioned,
    ReviewProgress,
    ReviewPublished,
    Submission,
)
from sptool.workflow import refusals
from sptool.workflow.steps.row import EITHER, STATUS, THEMES, Command, Flag, Late, Step, Switch

STEPS = (
    Step(
        model=InformationRequest,
        command=Command(
            name="scope",
            help="Record the information request to the agencies.",
            about="one",
            fitted_by=Late("sptool.desk.fitting:agencies_to_ask"),
            flags=(
                Flag("--agency", "requests", "An agency that is asked", "entries", "agency"),
                Flag("--period-from", "period_from", "From when they look back"),
                Flag("--period-to", "period_to", "Until when"),
            ),
        ),
        refused_by=refusals.information_request,
        meets=(),
        follows=(),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=AgencyReturn,
        command=Command(
            name="agency-return",
            help="Record an agency's answer. A nil return is an answer.",
            about="one",
            fitted_by=Late("sptool.desk.agency_form.reading:answered_by_form"),
            flags=(Flag("--answer", "answer", "nil, attached or written-here"),),
            word=Flag("AGENCY", "agency", "The agency; left out where its form says so"),
            switches=(
                Switch("--file", "files", "A file to keep among particulars.", "files"),
                Switch(
                    "--to-yaml", "to_yaml", "With --from FORM: write what was understood there; record nothing.", "word"
                ),
            ),
            instead=Late("sptool.desk.agency_form.reading:written_as_yaml"),
        ),
        refused_by=refusals.agency_return,
        meets=("return-received",),
        follows=(),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=Chaser,
        command=Command(
            name="chase",
            help="Record a reminder to agencies that have not answered.",
            about="one-or-all",
            fitted_by=Late("sptool.desk.fitting:agencies_to_chase"),
            flags=(
                Flag("--agency", "agencies", "An agency", "many"),
                Flag("--how", "how", "email, phone, meeting or letter"),
            ),
            switches=(
                Switch("--all-outstanding", "all_outstanding", "Chase every open request."),
                Switch("--email", "email", "Write an e-mail draft for each agency, too."),
            ),
            waiting=Late("sptool.desk.fitting:cases_to_chase"),
            afterwards=Late("sptool.desk.letters.sent:after_chaser"),
        ),
        refused_by=refusals.chaser,
        meets=(),
        follows=(),
        relied_on=False,
        put_right_by=EITHER,
    ),
    Step(
        model=RapidReview,
        command=Command(
            name="rapid-review",
            help="Record the rapid review meeting and what it recommends.",
            about="one",
            fitted_by=None,
            flags=(
                Flag("--agency", "agencies_involved", "An agency involved", "many"),
                Flag("--participant", "decision_participants", "Who took part in the decision, as a role", "many"),
                Flag("--recommends", "recommends", "lcspr or no-lcspr"),
                THEMES,
            ),
        ),
        refused_by=refusals.rapid_review,
        meets=("rapid-review-held",),
        follows=(LocalReviewDecision,),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=Submission,
        command=Command(
            name="submit",
            help="Record that the rapid review was sent to the Panel.",
            about="one",
            fitted_by=None,
            flags=(),
        ),
        refused_by=refusals.submission,
        meets=("submission-sent",),
        follows=(Informed,),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=PanelReply,
        command=Command(
            name="panel-reply",
            help="Record the Panel's reply.",
            about="one",
            fitted_by=None,
            flags=(Flag("--position", "position", "agrees, disagrees or asks"),),
        ),
        refused_by=refusals.panel_reply,
        meets=("panel-replied",),
        follows=(Informed,),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=Informed,
        command=Command(
            name="inform",
            help="Record that somebody was told: leadership, family, partners, forum or boards.",
            about="one",
            fitted_by=Late("sptool.desk.fitting:somebody_to_inform"),
            flags=(Flag("--told", "told", "told or not-told"), Flag("--about", "about", "What about", "many")),
            word=Flag("WHO", "who", "leadership, family, partners, forum or boards"),
        ),
        refused_by=refusals.never,
        meets=("partners-told", "leadership-told"),
        follows=(),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=ReviewCommissioned,
        command=Command(
            name="review commission",
            help="Record that a local review (LCSPR) was commissioned.",
            about="one",
            fitted_by=None,
            flags=(
                Flag("--reviewer", "reviewer", "Who reviews, as a role"),
                Flag("--publish-by", "publish_by", "By when"),
            ),
        ),
        refused_by=refusals.review_step,
        meets=(),
        follows=(),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=ReviewProgress,
        command=Command(
            name="review progress", help="Record how a local review goes.", about="one", fitted_by=None, flags=(STATUS,)
        ),
        refused_by=refusals.review_step,
        meets=(),
        follows=(),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=ReviewPublished,
        command=Command(
            name="review publish",
            help="Record that a local review was published, or why not.",
            about="one",
            fitted_by=None,
            flags=(Flag("--published", "published", "published or not-published"),),
        ),
        refused_by=refusals.review_step,
        meets=("review-published",),
        follows=(),
        relied_on=True,
        put_right_by=EITHER,
    ),
)
