"""Sentences that code chooses between: what to put right, the five public states, how somebody knows a thing."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

PROBLEMS = {
    "empty": gettext_lazy("Write what you know in the box. One sentence is enough."),
    "empty-with-files": gettext_lazy("Write one sentence in the box about the files. Then choose the files again."),
    "too-long": gettext_lazy("The text is {about} characters too long. Shorten it, or send the rest as a second message."),
    "detail-too-long": gettext_lazy("This is {about} characters too long. Move some of it into the main box."),
    "receipt-in-text": gettext_lazy(
        "The text seems to hold the words or numbers of a receipt. Take them out: they open your mailbox, and nobody needs them here."
    ),
    "token": gettext_lazy("This page was open for too long, or was changed on the way. Everything you wrote is still here. Send it again."),
    "broken": gettext_lazy("The connection broke off before everything arrived, and nothing was sent. Look through what is here and send it again."),
    "changed-since": gettext_lazy(
        "What you sent first has arrived. What stands here now is different and has not been sent. If it is new, send it: it gets a receipt of its own."
    ),
    "sent-long-ago": gettext_lazy(
        "This page was sent before and has arrived; its receipt cannot be shown again. If you did not write the receipt down, send this once more: it gets a new one."
    ),
    "offer-closed": gettext_lazy("This offer is closed, so it is no longer chosen here. You can still send what you know."),
    "offer-unknown": gettext_lazy("There is no such offer, so none is chosen here. You can still send what you know."),
    "file-empty": gettext_lazy("The file “{about}” is empty. Choose another one, or send without it."),
    "file-too-big": gettext_lazy("With “{about}” the files are larger than 200 MB in all. Send fewer, or send some of them later from your mailbox."),
    "file-too-many": gettext_lazy("No more than ten files can be sent at once; “{about}” is one too many. Send it later from your mailbox."),
    "gone": gettext_lazy("The files did not arrive whole. Choose them again and send."),
    "receipt-empty": gettext_lazy("Type the twelve words or the twelve numbers of your receipt."),
    "receipt-too-long": gettext_lazy("This is too long for a receipt. A receipt is twelve words or twelve numbers, nothing else."),
    "receipt-count": gettext_lazy("A receipt has twelve words or twelve numbers of four digits. There are more or fewer here."),
    "receipt-unlisted": gettext_lazy("Word {about} is not one that a receipt can have. Compare it with what you wrote down."),
    "receipt-checksum": gettext_lazy("One of these words is wrong, or two have changed places. Compare them with what you wrote down."),
    "nothing-found": gettext_lazy(
        "There is nothing under this receipt. It may have been removed, or it is another office’s. You can send what you know again."
    ),
    "reward-gone": gettext_lazy("There is no question about a reward in your mailbox now, so nothing was sent. Come back in a few days."),
    "reward-changed": gettext_lazy("The notice about the reward has changed since this page was opened, and nothing was sent. Read it again, then answer."),
    "answered": gettext_lazy("You have answered this notice before, and that answer stands. To change it, write a message below."),
    "answer-late": gettext_lazy("The last day to answer was {about}. Nothing was sent. You can still write a message below."),
    "review-late": gettext_lazy("The last day to ask for a review was {about}. Nothing was sent. You can still write a message below."),
    "question-open": gettext_lazy("Choose an answer. You may also choose not to say."),
    "reason-empty": gettext_lazy("Write in a sentence or two what should be looked at again."),
    "reason-too-long": gettext_lazy("This is {about} characters too long. Send the rest as a message below."),
    "voucher-gone": gettext_lazy("There is no voucher in your mailbox now, so nothing was sent. Write a message below."),
    "window-early": gettext_lazy("The window does not pay before {about}. Nothing was sent. Come back on that day or later."),
    "window-over": gettext_lazy("The window’s last day was {about}. Nothing was sent. Write a message below to ask for new days."),
    "window-number": gettext_lazy("The number has six digits. Ask the paymaster to read it out again, and type it as you hear it."),
    "window-used": gettext_lazy("You have sent this number before. If the window is still waiting, ask the paymaster for a new number."),
    "reward-token": gettext_lazy("This page was open for too long, or was changed on the way. What you answered is still here. Send it again."),
    "lent-over": gettext_lazy("For your safety this page was open for a few minutes only. Type your receipt again; what you wrote is kept below."),
}  # fmt: skip
QUESTIONS = {
    "individual": gettext_lazy("Do you answer for yourself, as one person, and not for a company or an organisation?"),
    "official": gettext_lazy("When you learned or told this, did you work for a government, a police force or an army, in any country?"),
    "on-duty": gettext_lazy("Did you learn or tell it as part of that work? Say no if you had no such work."),
    "took-part": gettext_lazy("Did you plan or lead what you told us about?"),
    "convicted": gettext_lazy("Has a court convicted you for it?"),
    "paid-elsewhere": gettext_lazy("Has anybody else paid you for this information, or promised to?"),
    "protection": gettext_lazy("Would being paid put you or your family in danger, so that you need protection?"),
}  # fmt: skip
ANSWERS = {
    "yes": gettext_lazy("Yes"),
    "no": gettext_lazy("No"),
    "unknown": gettext_lazy("I would rather not say"),
}
SENT = {
    "accept": gettext_lazy("We have your answer: you accept to be considered. Your answers are sealed to the office. Come back in a few weeks."),
    "decline": gettext_lazy("We have your answer: you do not want a reward. Your information is used all the same. If you change your mind, write a message below."),
    "review": gettext_lazy("We have it: you ask for a review. Come back in a few weeks."),
    "collect": gettext_lazy("Sent. Tell the paymaster that you have sent the number, and wait at the window."),
}  # fmt: skip
# The letters of a reference as they are said over a bad line, in every language.
SPELLED = dict(
    zip(
        "ABCDEFGHJKMNPQRSTVWXY",
        "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel Juliett Kilo Mike November Papa Quebec Romeo Sierra Tango"
        " Victor Whiskey X-ray Yankee".split(),
        strict=True,
    )
)
# Problems that are about a day: it is written as the page's language writes days.
_DATED = frozenset({"answer-late", "review-late", "window-early", "window-over"})
STATES = {
    "received": gettext_lazy("Received"),
    "being-read": gettext_lazy("Being read"),
    "passed-on": gettext_lazy("Passed on"),
    "more-wanted": gettext_lazy("More wanted"),
    "closed": gettext_lazy("Closed"),
}
HOW = {
    "saw": gettext_lazy("I saw it"),
    "there": gettext_lazy("I was there, or took part"),
    "told": gettext_lazy("Somebody told me"),
    "read": gettext_lazy("I read or heard it"),
    "other": gettext_lazy("In another way, or I do not want to say"),
}


def problem(kind: str, about: str) -> str:
    """The sentence for a problem, in the active language; `about` is a name or number from the sender, unescaped."""
    if kind in _DATED:
        about = date_format(date.fromisoformat(about), "DATE_FORMAT")
    return str(PROBLEMS[kind]).replace("{about}", about)


def spelled(code: str) -> str:
    """A code to be read out: `Victor Charlie Hotel – 4 Kilo Quebec 7`."""
    return " – ".join(" ".join(SPELLED.get(sign, sign) for sign in group) for group in code.split("-"))


def state(name: str) -> str:
    """A public state in the active language. A state that this door does not know is shown as Received."""
    return str(STATES.get(name, STATES["received"]))


def outcome(name: str) -> str:
    """What an offer is paid for, in the active language; an outcome without a wording is shown by its own name."""
    known = {
        "arrest_and_or_conviction": gettext("Arrest and/or conviction"),
        "arrest_or_conviction": gettext("Arrest or conviction"),
        "disruption_of_financial_mechanisms": gettext("Disruption of financial mechanisms"),
        "identification_or_location": gettext("Identification or location"),
    }
    return known.get(name, name.replace("_", " "))
