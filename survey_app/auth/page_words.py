"""The words of the pages for signing in, in the language in force."""

from survey_app.auth.passwords import SHORTEST
from survey_app.language import _
from survey_app.store.invitations import ADMIN
from survey_app.store.team import Role


def page_words() -> dict[str, str]:
    """Every word of these pages that no person has written, by its name in the templates."""
    return {
        "account": _("Your account"),
        "accept": _("Create account"),
        "back": _("Back to Rakurs"),
        "browsers": _("as the browser has it"),
        "change_password": _("Change password"),
        "elsewhere": _("Other sign-ins end when the password is changed."),
        "everywhere": _("Sign out everywhere"),
        "everywhere_note": _("On all devices, this one too."),
        "have_account": _("I have an account here already"),
        "invitation": _("Invitation"),
        "join": _("Accept the invitation"),
        "language": _("Language"),
        "login": _("Login"),
        "login_note": _("With it you sign in; for instance your address of mail."),
        "name": _("Name"),
        "name_note": _("The team sees it."),
        "new_password": _("New password"),
        "no_accounts": _("Nobody has an account here yet. Open the link that Rakurs printed when it was started."),
        "old_password": _("Present password"),
        "other_account": _("Use another account"),
        "password": _("Password"),
        "password_note": _("At least {least} characters; several words are best.", least=SHORTEST),
        "save": _("Save"),
        "set_password": _("Set password"),
        "sign_in": _("Sign in"),
        "sign_out": _("Sign out"),
        "signing_out": _("Sign out"),
        "start": _("To the start"),
        "you": _("You"),
    }


def role_name(role: str) -> str:
    """A role by its name in the store."""
    return {
        Role.OWNER.key: _("owner"),
        Role.RESEARCHER.key: _("researcher"),
        Role.CODER.key: _("coder"),
        Role.READER.key: _("reader"),
        ADMIN: _("administrator"),
    }.get(role, role)


def role_means(role: str) -> str:
    """What somebody with a role may do, in one sentence."""
    return {
        Role.OWNER.key: _("Does everything in the study, chooses its team, and can delete it."),
        Role.RESEARCHER.key: _("Brings in material, sets up codebook and guide, runs topics, publishes; and codes."),
        Role.CODER.key: _("Reads the texts and codes them, without seeing what others coded."),
        Role.READER.key: _("Looks at overview and dashboard and changes nothing."),
        ADMIN: _("Makes studies and accounts on this installation."),
    }.get(role, "")
