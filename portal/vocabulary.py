"""The words that more than one room uses, each with its one meaning."""

from enum import Enum, IntEnum


class Role(Enum):
    """In which capacity somebody acts on this visit."""

    OWNER = "owner"
    COUNSELLOR = "counsellor"
    SUPERVISOR = "supervisor"
    PARTNER = "partner"
    NOBODY = "nobody"
    SYSTEM = "system"


class Seat(Enum):
    """A person's place in a couple, in the order of the couple's record."""

    A = "a"
    B = "b"


class Pocket(Enum):
    """Where a piece of the file lies: with one partner, or with both."""

    A = "a"
    B = "b"
    JOINT = "joint"


class Audience(Enum):
    """Who may read one answer; anything unknown is the counsellor alone."""

    COUNSELLOR = "counsellor"
    AFTER_BOTH = "after_both"
    AT_ONCE = "at_once"
    ON_RELEASE = "on_release"

    @classmethod
    def of(cls, text: str | None) -> "Audience":
        """The audience of this name; whatever is unknown or missing fails closed."""
        return next((member for member in cls if member.value == text), cls.COUNSELLOR)


class Sight(IntEnum):
    """How much of a thing a viewer may see: nothing, that it is there, or its words."""

    NOTHING = 0
    EXISTENCE = 1
    WORDS = 2


class Mode(Enum):
    """Who answers a piece of homework, and whether together."""

    INDIVIDUAL = "individual"
    PAIRED = "paired"
    JOINT = "joint"


class Cadence(Enum):
    """How often a piece of homework comes round."""

    ONCE = "once"
    DAILY = "daily"
    WEEKLY = "weekly"


class ContactLevel(Enum):
    """How two partners are in touch."""

    TOGETHER = "together"
    SEPARATED_CONTACT = "separated_contact"
    NO_CONTACT = "no_contact"


class JointWork(Enum):
    """Whether this couple may work together for now; the counsellor's decision."""

    NOT_ASKED = "not_asked"
    CLEAR = "clear"
    INDIVIDUAL_ONLY = "individual_only"
    PAUSED = "paused"


class PartnerRole(Enum):
    """For whom of the two an exercise is written; partners never see it."""

    ANY = "any"
    HURT = "hurt_partner"
    INVOLVED = "involved_partner"


class Stance(Enum):
    """How a partner leans; partners never see it."""

    NOT_SET = "not_set"
    LEANING_IN = "leaning_in"
    UNSURE = "unsure"
    LEANING_OUT = "leaning_out"
    WANTS_DISTANCE = "wants_distance"


class SecretsPolicy(Enum):
    """What the counsellor promises about words meant for them alone."""

    HELD = "held"
    JUDGEMENT = "judgement"
    NO_SECRETS = "no_secrets"


class OpeningRule(Enum):
    """Who opens a round when everything else is in place."""

    COUNSELLOR = "counsellor"
    AUTOMATIC = "automatic"


class AssignmentState(Enum):
    """The stored states of homework that was given."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class ProgrammeState(Enum):
    """Where a programme of a couple stands."""

    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


class StepState(Enum):
    """Where one step of a programme stands; only what was given exists for a partner."""

    SCHEDULED = "scheduled"
    GIVEN = "given"
    DROPPED = "dropped"


class StepFor(Enum):
    """For whom of the two a step is; roles and seats are looked up when it is given."""

    EACH = "each"
    COUPLE = "couple"
    CLIENT = "client"
    HURT = "hurt_partner"
    INVOLVED = "involved_partner"
    A = "a"
    B = "b"


class StepHold(Enum):
    """What a prepared step waits for before the counsellor can give it."""

    CLEAR = "clear"
    CONFIRM = "confirm"


class ReflectionState(Enum):
    """The stored states of one person's work on one round."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    DECLINED = "declined"


class ConsentKind(Enum):
    """What a writer may say yes to on the check page."""

    OPEN_ROUND = "open_round"
    RELEASE_ANSWER = "release_answer"
    RELEASE_MATCHES = "release_matches"


class EditionKind(Enum):
    """What a frozen text of the catalogue is."""

    EXERCISE = "exercise"
    CHECK_IN = "check_in"
    PROGRAMME = "programme"


class CheckInWording(Enum):
    """In which words the weekly check-in asks; how two people live decides."""

    TOGETHER = "together"
    APART = "apart"
    NO_CONTACT = "no_contact"
    SOLO = "solo"


class SummaryEdition(Enum):
    """For whom a session summary is printed."""

    CLINICAL = "clinical"
    COUPLE = "couple"
    PARTNER = "partner"


class Act(Enum):
    """What somebody did, as the audit trail says it; never the words."""

    SET_UP = "set_up"
    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    LEFT_IN_A_HURRY = "left_in_a_hurry"
    SWITCHED_ROLE = "switched_role"
    ENTERED_SAMPLE = "entered_sample"
    REMOVED_SAMPLE = "removed_sample"
    INVITED = "invited"
    INVITATION_TAKEN_BACK = "invitation_taken_back"
    JOINED = "joined"
    CHANGED_PASSWORD = "changed_password"  # noqa: S105 - the name of a deed
    ADDED_PASSKEY = "added_passkey"
    REMOVED_PASSKEY = "removed_passkey"
    CHANGED_SETTINGS = "changed_settings"
    CHANGED_PRACTICE = "changed_practice"
    ADDED_STAFF = "added_staff"
    ADDED_COUPLE = "added_couple"
    CHANGED_COUPLE = "changed_couple"
    ARCHIVED_COUPLE = "archived_couple"
    CHANGED_CARE = "changed_care"
    SET_JOINT_WORK = "set_joint_work"
    SAFETY_HOLD = "safety_hold"
    SAFETY_HOLD_LIFTED = "safety_hold_lifted"
    CAME_APART = "came_apart"
    CAME_TOGETHER = "came_together"
    CHANGED_PROMISE = "changed_promise"
    ACKNOWLEDGED_POLICY = "acknowledged_policy"
    ASSIGNED = "assigned"
    WITHDREW = "withdrew"
    CLOSED = "closed"
    HELD = "held"
    DECLINED = "declined"
    CONFIRMED = "confirmed"
    SENT = "sent"
    TOOK_BACK = "took_back"
    RETURNED = "returned"
    CONSENTED = "consented"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    OPENED = "opened"
    RELEASED = "released"
    READ = "read"
    REVIEWED = "reviewed"
    FEEDBACK_DRAFTED = "feedback_drafted"
    FEEDBACK_RELEASED = "feedback_released"
    SESSION_WRITTEN = "session_written"
    SUMMARY_ORDERED = "summary_ordered"
    SUMMARY_FINISHED = "summary_finished"
    SUMMARY_READ = "summary_read"
    SUMMARY_WITHDRAWN = "summary_withdrawn"
    PLANNED_SESSION = "planned_session"
    CALLED_OFF_SESSION = "called_off_session"
    STARTED_PROGRAMME = "started_programme"
    CHANGED_PROGRAMME = "changed_programme"
    PAUSED_PROGRAMME = "paused_programme"
    RESUMED_PROGRAMME = "resumed_programme"
    ENDED_PROGRAMME = "ended_programme"
    SWITCHED_CHECK_IN = "switched_check_in"
    SENT_CHECK_IN = "sent_check_in"
    SAW_CHECK_IN = "saw_check_in"
    TOOK_OWN_WORDS = "took_own_words"
    ASKED_FOR_RELEASE = "asked_for_release"
    ENDED_RELEASE = "ended_release"
    RELEASED_FILE = "released_file"
    FETCHED_FILE = "fetched_file"
    ASKED_TO_TALK = "asked_to_talk"
    SAW_TALK_REQUEST = "saw_talk_request"
    CHANGED_CHAIRS = "changed_chairs"


class NoticeKind(Enum):
    """What a message is about; it holds a kind and an id, never a word."""

    HOMEWORK_GIVEN = "homework_given"
    HOMEWORK_RETURNED = "homework_returned"
    FEEDBACK_READY = "feedback_ready"
    REFLECTION_READY = "reflection_ready"
    ROUND_OPENED = "round_opened"
    SUMMARY_READY = "summary_ready"
    ROUND_DUE = "round_due"
    ANSWER_RELEASED = "answer_released"
    FILE_ASKED = "file_asked"
