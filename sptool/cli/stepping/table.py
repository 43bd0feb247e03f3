"""Every command that records a step, listed once, with its flags for short coded facts."""

from __future__ import annotations

from dataclasses import dataclass

from sptool.cli.recording.flags import Flag


@dataclass(frozen=True)
class StepCommand:
    """A command that records a step.

    Args:
        name: what is typed after `sptool`; two words for a command of a group.
        kind: the kind of record.
        help: what it does, in one sentence.
        flags: its flags.
        word: a flag-like answer that may be typed as a second argument.
        opens: whether it opens a new case, so that no reference is typed.
        reference_optional: whether the reference may be left out.
        adapt: the name of what fits the step to its case, in `adapting.py`; empty for nothing.
        afterwards: the name of what is done once it is recorded, in `afterwards.py`; empty for nothing.
    """

    name: str
    kind: str
    help: str
    flags: tuple[Flag, ...] = ()
    word: Flag | None = None
    opens: bool = False
    reference_optional: bool = False
    adapt: str = ""
    afterwards: str = ""


CRITERIA = Flag("--criterion", "criteria", "CHILD:CRITERION=met|not-met|not-known", "criteria")
POSITIONS = Flag("--position", "positions", "PARTNER=agrees|disagrees|no-view-yet|not-asked", "positions")
OUTCOME = Flag("--outcome", "outcome", "What was decided")
DECIDED_BY = Flag("--decided-by", "decided_by", "Who decided, as a role")
THEN = Flag("--then", "then", "task-and-finish or nothing-further")
SAFE = Flag("--at-risk-now", "at_risk_now", "Is any child at risk now: yes, no or not-known")
AWARE = Flag("--la-aware-on", "la_aware_on", "When the local authority became aware: a date or unknown")
THEMES = Flag("--theme", "themes", "A theme", "many")
STATUS = Flag("--status", "status", "How it stands")

STEP_COMMANDS: tuple[StepCommand, ...] = (
    StepCommand(
        "new-referral",
        "referral",
        "Open a case: record a referral to the partnership.",
        (
            Flag("--caller", "caller", "An agency, anonymous or member-of-the-public"),
            SAFE,
            AWARE,
            Flag("--incident-on", "incident_on", "When it happened"),
            Flag("--lead", "lead_officer", "The lead officer's id"),
            Flag("--child", "children", "A child's label, such as child-a", "entries", "id"),
        ),
        opens=True,
        adapt="referral",
    ),
    StepCommand(
        "clarify ask",
        "clarification-question",
        "Record a question to the referrer or an agency.",
        (Flag("--of", "asked_of", "Who was asked"), Flag("--reply-by", "reply_by", "By when")),
    ),
    StepCommand(
        "clarify reply",
        "clarification-reply",
        "Record the reply to a question.",
        (AWARE, SAFE),
        word=Flag("QUESTION", "answers", "The question's id, if several are open"),
        adapt="only_one",
    ),
    StepCommand(
        "update",
        "update",
        "Record new information: a fact, and when it was learned.",
        (SAFE, AWARE, Flag("--source-agency", "source_agency", "Who told us")),
    ),
    StepCommand(
        "decide",
        "notification-decision",
        "Record the decision that the case waits for, with its rationale.",
        (CRITERIA, OUTCOME, DECIDED_BY, POSITIONS, THEN),
        adapt="decision",
    ),
    StepCommand(
        "notify",
        "notification",
        "Record that the notification was sent to the Panel. sptool never sends it.",
        (
            Flag("--ground", "grounds", "one or two", "many"),
            Flag("--told", "told", "A body that was told", "many"),
            Flag("--partners-told-on", "partners_told_on", "When the other partners were told"),
            Flag("--sent-by", "sent_by", "Who sent it, as a role"),
        ),
        adapt="grounds",
    ),
    StepCommand(
        "share-rationale",
        "rationale-shared",
        "Record that the referrer was told the rationale, or why not.",
        (Flag("--shared", "shared", "shared or not-possible"), Flag("--how", "how", "letter, email, phone or meeting")),
    ),
    StepCommand(
        "scope",
        "information-request",
        "Record the information request to the agencies.",
        (
            Flag("--agency", "requests", "An agency that is asked", "entries", "agency"),
            Flag("--period-from", "period_from", "From when they look back"),
            Flag("--period-to", "period_to", "Until when"),
        ),
        adapt="agencies",
    ),
    StepCommand(
        "agency-return",
        "agency-return",
        "Record an agency's answer. A nil return is an answer.",
        (Flag("--answer", "answer", "nil, attached or written-here"),),
        word=Flag("AGENCY", "agency", "The agency; left out where its form says so"),
        adapt="returned",
    ),
    StepCommand(
        "chase",
        "chaser",
        "Record a reminder to agencies that have not answered.",
        (Flag("--agency", "agencies", "An agency", "many"), Flag("--how", "how", "email, phone, meeting or letter")),
        reference_optional=True,
        adapt="outstanding",
    ),
    StepCommand(
        "rapid-review",
        "rapid-review",
        "Record the rapid review meeting and what it recommends.",
        (
            Flag("--agency", "agencies_involved", "An agency involved", "many"),
            Flag("--participant", "decision_participants", "Who took part in the decision, as a role", "many"),
            Flag("--recommends", "recommends", "lcspr or no-lcspr"),
            THEMES,
        ),
    ),
    StepCommand("submit", "submission", "Record that the rapid review was sent to the Panel."),
    StepCommand(
        "panel-reply",
        "panel-reply",
        "Record the Panel's reply.",
        (Flag("--position", "position", "agrees, disagrees or asks"),),
    ),
    StepCommand(
        "inform",
        "informed",
        "Record that somebody was told: leadership, family, partners, forum or boards.",
        (
            Flag("--told", "told", "told or not-told"),
            Flag("--about", "about", "What about", "many"),
        ),
        word=Flag("WHO", "who", "leadership, family, partners, forum or boards"),
        adapt="inform",
    ),
    StepCommand(
        "nominate",
        "nomination",
        "Record a nomination to the Task & Finish group, for a case or as a new one.",
        (
            Flag("--source", "source", "Where it comes from"),
            Flag("--agency", "agency", "Which agency proposes it"),
            CRITERIA,
        ),
        reference_optional=True,
    ),
    StepCommand(
        "outcome",
        "learning-outcome",
        "Record what the Task & Finish group decided to do.",
        (Flag("--approach", "approaches", "An approach", "many"), THEMES),
    ),
    StepCommand(
        "action add",
        "action",
        "Add an action with its owner, date and measure of success.",
        (
            Flag("--owner", "owner", "Who owns it, as a role"),
            Flag("--agency", "agency", "The agency"),
            Flag("--due-on", "due_on", "By when"),
            Flag("--theme", "theme", "The theme"),
        ),
    ),
    StepCommand(
        "action update",
        "action-update",
        "Record how an action stands.",
        (STATUS, Flag("--due-on", "due_on", "A new date")),
        word=Flag("ACTION", "action", "The action's id, if there are several"),
        adapt="only_one",
    ),
    StepCommand(
        "action assure",
        "action-assurance",
        "Record that an action was done and whether it made a difference.",
        (
            Flag("--assured-by", "assured_by", "Who assures it, as a role other than the owner's"),
            Flag("--difference", "difference", "made-a-difference, no-difference-seen or too-early-to-say"),
        ),
        word=Flag("ACTION", "action", "The action's id, if there are several"),
        adapt="only_one",
    ),
    StepCommand("brief", "briefing", "Record a seven-minute briefing.", (THEMES,)),
    StepCommand(
        "review commission",
        "review-commissioned",
        "Record that a local review (LCSPR) was commissioned.",
        (Flag("--reviewer", "reviewer", "Who reviews, as a role"), Flag("--publish-by", "publish_by", "By when")),
    ),
    StepCommand("review progress", "review-progress", "Record how a local review goes.", (STATUS,)),
    StepCommand(
        "review publish",
        "review-published",
        "Record that a local review was published, or why not.",
        (Flag("--published", "published", "published or not-published"),),
    ),
    StepCommand("note", "note", "Record a note."),
    StepCommand(
        "attach",
        "attachment",
        "Keep a file with the case, among its particulars.",
        (Flag("--what", "what", "What kind of file it is"),),
        adapt="files",
    ),
    StepCommand(
        "sent",
        "document-sent",
        "Record that a document was sent; with --file, keep it as it was sent.",
        (
            Flag("--document", "document", "Which document, such as decision-letter"),
            Flag("--to", "to", "To whom, as a role or body"),
            Flag("--format", "format", "md, docx, pdf or html"),
        ),
        adapt="files",
    ),
    StepCommand(
        "constrain",
        "constraint",
        "Record that something must be held back for now, or with --lift that it no longer must.",
        (Flag("--review-on", "review_on", "When it is reviewed"),),
        adapt="lift",
    ),
    StepCommand(
        "link",
        "link",
        "Link another case to this one.",
        (Flag("--relation", "relation", "How it is linked"),),
        word=Flag("OTHER", "to", "The other case"),
        adapt="link",
    ),
    StepCommand(
        "lead", "lead-officer", "Record who leads the case.", word=Flag("OFFICER", "officer", "The officer's id")
    ),
    StepCommand(
        "confirm",
        "decision-confirmed",
        "Record that a decision stands although something it relied on was corrected.",
        word=Flag("DECISION", "decision", "The decision's id, if several need another look"),
        adapt="suspect",
    ),
    StepCommand("resolve", "resolution", "Record which of two conflicting records stands.", adapt="conflict"),
    StepCommand(
        "correct",
        "withdrawal",
        "Correct a record, or with --withdraw take one out that never belonged to the case.",
        word=Flag("RECORD", "record", "The id of the record"),
        adapt="correction",
    ),
    StepCommand(
        "close",
        "closure",
        "Close the case, with a reason.",
        (Flag("--reason", "reason", "The reason"), Flag("--receipt", "receipt", "The other area's receipt")),
    ),
    StepCommand("reopen", "reopening", "Open a closed case again, with a reason."),
    StepCommand(
        "erase",
        "erasure",
        "Lawfully erase the particulars of a case: names, addresses, attachments.",
        (Flag("--basis", "basis", "The basis"),),
        adapt="erasing",
        afterwards="erasure",
    ),
    StepCommand(
        "hold",
        "legal-hold",
        "Place a legal hold on a case, or with --lift lift it.",
        adapt="hold",
    ),
)
