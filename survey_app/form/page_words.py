"""The words of the form that stand in no instrument, in the language in force."""

from survey_app.language import _


def page_words() -> dict[str, str]:
    """Every word of these pages by its name in the templates."""
    return {
        "agree": _("I agree"),
        "agree_note": _("Before you agree, nothing is stored."),
        "answered": _("answered"),
        "back": _("Back"),
        "cannot_say": _("Outside the scale"),
        "change": _("Change"),
        "change_again": _("Look at my answers again"),
        "chosen": _("In this order"),
        "clear_answer": _("Clear the answer"),
        "closed": _("This link leads to no questionnaire"),
        "closed_note": _("It may have been copied incompletely, or its time may be over. Ask whoever sent it to you."),
        "consent": _("Before you begin"),
        "consent_text": _(
            "Your answers are kept by the researchers who sent you this link, and are used in their study. Answering "
            "is voluntary: you can leave out questions, stop at any time and withdraw your consent."
        ),
        "down": _("Move down"),
        "language": _("Language"),
        "needed": _("answer needed"),
        "next": _("Next"),
        "no_answer": _("not answered"),
        "other_words": _("In your own words"),
        "parts": _("Parts of the questionnaire"),
        "place": _("Place"),
        "preview": _("Preview: this is what an expert sees. Nothing is stored."),
        "put": _("Put in order"),
        "rank_note": _(
            "Put first what matters most: by the buttons, by dragging, or with the keys 1 to 9 for the place."
        ),
        "remove": _("Take out of the order"),
        "rest": _("Not in the order"),
        "review": _("Look through and send"),
        "review_note": _("Look through your answers. They count once you send them."),
        "send": _("Send the answers"),
        "send_again": _("Send the answers again"),
        "sent": _("Thank you"),
        "sent_before": _("You have sent your answers. What you change now counts once you send them again."),
        "sent_note": _("Your answers have arrived."),
        "skip": _("To the questions"),
        "unread": _("What was sent could not be read, and nothing was changed. Send this page again."),
        "up": _("Move up"),
        "withdraw": _("Withdraw consent"),
        "withdraw_note": _(
            "Your answers are removed, unless the researchers have worked with them already; they are told that you "
            "have withdrawn, and decide about those with you."
        ),
    }


def script_words() -> dict[str, str]:
    """What the script says."""
    return {
        "saved": _("Saved"),
        "saving": _("Saving …"),
        "offline": _(
            "Not saved yet: there is no connection. What you wrote is kept on this device and is sent once there is "
            "one."
        ),
        "newer": _("Saved. Newer answers are shown: you gave them later on another page or device."),
        "refused": _("Not saved yet: the server did not take it. What you wrote is kept on this device."),
        "placed": _("{option}: place {place} of {count}"),
        "removed": _("{option} is out of the order"),
        "full": _("All {count} places are taken. Take something out of the order first."),
        "problems": _("Some answers need a look"),
    }
