"""For each exercise of the catalogue a couple that it suits, and to whom of them it is given."""

from dataclasses import dataclass
from uuid import UUID

from portal.exercises.form.exercise import ExerciseDefinition
from portal.exercises.queries import newest_edition
from portal.homework.models import Assignment
from portal.homework.programmes.service import give
from portal.homework.queries import verdict_on
from portal.homework.service import Order
from portal.people.queries import couple_card
from portal.people.service import Naming, change_member
from portal.policies.gates import Verdict
from portal.vocabulary import ContactLevel, JointWork, PartnerRole, Role, Seat
from tests.support.world import CoupleHere, World

BOTH = (Seat.A, Seat.B)
NAMES = {Seat.A: "Ann", Seat.B: "Ben"}
ROLES = {Seat.A: PartnerRole.HURT, Seat.B: PartnerRole.INVOLVED}
LEVELS = (ContactLevel.TOGETHER, ContactLevel.SEPARATED_CONTACT)


@dataclass(frozen=True)
class Suited:
    """A couple, and who of them gets the exercise."""

    couple: CoupleHere
    to: tuple[Seat, ...]


class SuitedCouples:
    """Couples for every exercise: each kind is made once, because making one takes its time."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.counsellor_id: UUID = world.a_counsellor(world.a_practice())
        self.made: dict[tuple[ContactLevel, bool], CoupleHere] = {}

    def for_two(self, exercise: ExerciseDefinition) -> Suited:
        """Two who take part and are clear to work together, in the roles that it is written for."""
        suits = exercise.suits.model_dump()
        level = next((each for each in LEVELS if suits[each.value] == "full"), LEVELS[0])
        couple = self.couple(level, alone=False)
        if exercise.mode != "individual":
            return Suited(couple, BOTH)
        wanted = [seat for seat, role in ROLES.items() if role.value == exercise.for_role]
        never = {role for rule in exercise.safety.rules for role in getattr(rule, "role", ()) or ()}
        free = [seat for seat, role in ROLES.items() if role.value not in never]
        return Suited(couple, tuple((wanted or free)[:1]))

    def for_one(self, exercise: ExerciseDefinition) -> Suited | None:
        """One who comes alone, where the exercise is for such a one at all."""
        if exercise.suits.one_partner == "never":
            return None
        wanted = next((s for s, r in ROLES.items() if r.value == exercise.for_role), Seat.A)
        return Suited(self.couple(LEVELS[0], alone=True), (wanted,)) if wanted is Seat.A else None

    def couple(self, level: ContactLevel, *, alone: bool) -> CoupleHere:
        """The couple of this kind, with a hurt and an involved partner."""
        if (level, alone) not in self.made:
            status = JointWork.NOT_ASKED if alone else JointWork.CLEAR
            couple = self.world.a_couple(
                self.counsellor_id, contact=level, status=status, takes_part=(True, not alone)
            )
            with self.world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
                for seat, role in ROLES.items():
                    naming = Naming(
                        NAMES[seat],
                        NAMES[seat],
                        role=role,
                        participates=seat is Seat.A or not alone,
                    )
                    change_member(visit, couple.id, seat, naming)
            self.made[(level, alone)] = couple
        return self.made[(level, alone)]

    def verdict(self, suited: Suited, key: str) -> Verdict:
        """How the exercise stands for them now."""
        with self.world.as_(suited.couple.counsellor_id, Role.COUNSELLOR) as visit:
            couple = couple_card(visit, suited.couple.id)
            to = [member for member in couple.members if member.seat in suited.to]
            return verdict_on(visit, newest_edition(visit.db, key), couple, to)

    def assign(self, suited: Suited, key: str) -> list[Assignment]:
        """Give it through the service, with every statement ticked that it asks for."""
        ticked = self.verdict(suited, key).to_tick
        with self.world.as_(suited.couple.counsellor_id, Role.COUNSELLOR) as visit:
            edition = newest_edition(visit.db, key)
            return give(visit, suited.couple.id, Order(edition.id, suited.to, ticked=ticked))
