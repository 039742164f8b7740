"""What a browser asks before words are left behind."""

from playwright.sync_api import Dialog, Page


def asked(page: Page) -> list[str]:
    """What the browser asked, each time answered with: stay."""
    questions: list[str] = []

    def stay(dialog: Dialog) -> None:
        questions.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    return questions
