"""The second net: what may stand on a page is found, and what may not is caught."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from portal.reports.paper import Summary, passages
from portal.reports.printer import Printer
from portal.reports.reading_back import EditionRefused, check_edition, compare_form
from tests.reports.paper import samples

SECRET = "I have been frightened of the evenings since the winter began."
LONG = " ".join(f"Sentence number {n} of a very long letter, still going." for n in range(560))
CORPUS = {
    "persian": "امروز صبح با هم چای خوردیم و درباره‌ی خانه‌ی مادرم حرف زدیم. او گفت «می‌خواهم "
    "بمانم» و من گریه کردم.\nبرای من مهم بود که گوش کنی، نه این‌که جواب بدهی.",
    "mixed": "She said «دلم برایت تنگ شده» and I answered: me too, since 14 May. بعد گفت OK و "
    "خندید (واقعاً خندید) at 18:30 exactly, three times.",
    "arabic": "قالت لي أمس إنها تشتاق إليّ كثيراً، ولا أعرف ماذا أقول. الكلامُ صَعْبٌ.",
    "hebrew": "היום בבוקר שתינו תה ודיברנו על הבית של אמא. היא אמרה שהיא רוצה להישאר.",
    "emoji": "Fine 🙂, then ❤️ and 👩🏽‍🚀 and 👨‍👩‍👧 and 🇮🇪 and 👍🏿 1️⃣ done ☕ ✓ →",
    "polish": "Zażółć gęślą jaźń. Wczoraj wieczorem rozmawialiśmy łagodnie, źdźbło po źdźble.",
    "vietnamese": "Tối qua chúng tôi nói chuyện nhẹ nhàng hơn. Ê ế ề ữ ự.",
    "irish": "Ċuir sé ceist ḃeag orm, agus d’fhreagair mé go mall. Ṫáinig sí.",
    "ligatures": "The office efficient afflicted flow: soft\u00adhyphen, non\u2011breaking\u00a0space.",
    "decomposed": "Cafe\u0301 re\u0301sume\u0301 Zoe\u0308 at the c\u0323afe\u0301.",
    "greek and russian": "Χθες μιλήσαμε ήρεμα. Вчера мы говорили спокойно о доме.",
    "hindi": "हमने कल बहुत देर तक बात की और क्षमा माँगी।",
    "no font for it": "我们昨天谈了很久。 Then we slept.",
    "spaces": "  one\n   two\n\n\n\tthree   ",
}


def printed(printer: Printer, summary: Summary) -> bytes:
    return printer.print(samples.page_of(summary))


@pytest.fixture(scope="module")
def corpus_pdf(printer: Printer) -> bytes:
    questions = [samples.asked(k, samples.robin(samples.letter(v))) for k, v in CORPUS.items()]
    return printed(printer, replace(samples.partner(), pieces=(samples.piece("All", *questions),)))


class TestFinding:
    def test_every_kind_of_writing_is_found_by_both_readers(self, corpus_pdf: bytes) -> None:
        check_edition(corpus_pdf, [*CORPUS, *CORPUS.values()], [SECRET])

    def test_a_very_long_letter_is_found_over_its_pages(self, printer: Printer) -> None:
        assert len(LONG) > 30_000
        check_edition(printed(printer, samples.one_voice(LONG)), [LONG], [SECRET])

    @pytest.mark.parametrize("name", list(samples.EDITIONS))
    def test_each_edition_holds_all_its_words(self, editions: dict[str, bytes], name: str) -> None:
        check_edition(editions[name], passages(samples.EDITIONS[name]()), [SECRET])

    def test_a_missing_passage_is_refused(self, clinical_pdf: bytes) -> None:
        with pytest.raises(EditionRefused) as refusal:
            check_edition(clinical_pdf, ["Keep the Sunday walk.", "Keep the Monday walk."], [])
        assert (refusal.value.reason, refusal.value.count) == ("missing", 1)

    @pytest.mark.parametrize("writing", ["persian", "arabic", "hebrew", "mixed", "hindi"])
    def test_a_changed_word_is_missed_in_any_script(self, corpus_pdf: bytes, writing: str) -> None:
        words = CORPUS[writing].split()
        with pytest.raises(EditionRefused):
            check_edition(corpus_pdf, [" ".join([words[1], words[0], *words[2:]])], [])


class TestCatching:
    @pytest.mark.parametrize("writing", ["polish", "persian", "mixed", "hebrew", "emoji"])
    def test_a_foreign_passage_is_caught(self, corpus_pdf: bytes, writing: str) -> None:
        own = [text for name, text in CORPUS.items() if name != writing]
        with pytest.raises(EditionRefused) as refusal:
            check_edition(corpus_pdf, own, [CORPUS[writing], SECRET])
        assert (refusal.value.reason, refusal.value.count) == ("protected", 1)

    def test_a_part_of_it_is_enough(self, corpus_pdf: bytes) -> None:
        with pytest.raises(EditionRefused):
            check_edition(corpus_pdf, [], [f"And so: {CORPUS['irish'][8:44]} and no more."])

    def test_words_that_are_the_readers_own_pass(self, corpus_pdf: bytes) -> None:
        check_edition(corpus_pdf, [CORPUS["irish"]], [CORPUS["irish"]])

    def test_short_passages_and_known_sentences_pass(self, clinical_pdf: bytes) -> None:
        footer = samples.clinical().footer
        check_edition(clinical_pdf, [], ["Keep the Sunday walk.", footer], known=[footer])
        with pytest.raises(EditionRefused):
            check_edition(clinical_pdf, [], [footer])

    @pytest.mark.parametrize("place", ["title", "alternative", "bookmark"])
    def test_what_lies_beside_the_text_is_read_too(self, clinical_pdf: bytes, place: str) -> None:
        with pikepdf.open(BytesIO(clinical_pdf)) as pdf:
            if place == "title":
                pdf.docinfo["/Title"] = SECRET
            if place == "alternative":
                pdf.Root.StructTreeRoot.K[0].Alt = pikepdf.String(SECRET)
            if place == "bookmark":
                with pdf.open_outline() as outline:
                    outline.root.append(pikepdf.OutlineItem(SECRET, 0))
            out = BytesIO()
            pdf.save(out)
        with pytest.raises(EditionRefused) as refusal:
            check_edition(out.getvalue(), [], [SECRET])
        assert refusal.value.reason == "protected"

    def test_an_attachment_is_refused(self, clinical_pdf: bytes) -> None:
        with pikepdf.open(BytesIO(clinical_pdf)) as pdf:
            pdf.attachments["a.txt"] = b"words"
            out = BytesIO()
            pdf.save(out)
        with pytest.raises(EditionRefused) as refusal:
            check_edition(out.getvalue(), [], [])
        assert refusal.value.reason == "lively"

    def test_what_cannot_be_read_is_refused_without_a_word(self, clinical_pdf: bytes) -> None:
        with pytest.raises(EditionRefused) as refusal:
            check_edition(clinical_pdf[:2000], [SECRET], [])
        assert refusal.value.reason == "unreadable"
        assert "frightened" not in str(refusal.value)


def test_compare_form_leaves_what_can_be_seen() -> None:
    assert compare_form("a\u00a0b\u200d\u200f c\ufe0f\n\u202bd") == "abcd"
    assert compare_form("ﬁne e\u0301") == "fineé"
