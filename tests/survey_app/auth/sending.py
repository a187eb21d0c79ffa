"""What a browser sends to the pages for signing in, and what these tell."""

import re

from survey_app.auth.forms import FIELD
from tests.survey_app.actions.test_accounts import PASSWORD

FORM = re.compile(rf'name="{FIELD}" value="([0-9a-f]{{64}})"')
HERE = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
PAGE = {"accept": "text/html,application/xhtml+xml"}


def form_of(client, path):
    return FORM.search(client.get(path).text)[1]


def send(client, path, page=None, headers=HERE, **fields):
    """Open the page with the form, and send it."""
    return client.post(path, data={FIELD: form_of(client, page or path), **fields}, headers=headers)


def sign_in(client, login="first", password=PASSWORD, **more):
    return send(client, "/auth/sign-in", login=login, password=password, **more)


def told(answer):
    found = re.search(r'role="alert"[^>]*>([^<]*)<', answer.text)
    return found[1].replace("&#39;", "'") if found else ""
