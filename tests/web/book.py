"""A real book to serve: the samples, and a browser that has come in by the secret link."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from callplan.web.serve import Addresses
from callplan.where import Places

from tests.web.browser import Answer, Browser
from tests.web.scene import places_in

NOW = datetime(2026, 11, 23, 13, 35, tzinfo=UTC)  # when Carmen Ortiz is to be called
EXHAUSTIVE = bool(os.environ.get("CALLPLAN_EXHAUSTIVE"))
SAMPLES = Path(__file__).parents[2] / "samples"

#: The call of `samples/applications/brightwater.toml` that is due at `NOW`.
COMPANY = "brightwater"


#: Enough where one call is what matters: each look at a book of these takes a quarter of the time.
FEW = (COMPANY, "isarwerk", "nordlys")


def sample_places(folder: Path, names: Collection[str] = ()) -> Places:
    """Places with the samples (all, or those named) in them, without a busy calendar."""
    (folder / "book").mkdir()
    for file in (SAMPLES / "applications").iterdir():
        if not names or file.stem in names:
            shutil.copy(file, folder / "book")
    config = (SAMPLES / "config.toml").read_text(encoding="utf-8")
    (folder / "config.toml").write_text(config.split("[busy]")[0], encoding="utf-8")
    return places_in(folder)


class Visitor:
    """A browser without JavaScript, inside: it has the cookie, and fills in forms as they stand."""

    def __init__(self, served: Addresses) -> None:
        self.browser = Browser(served.home)
        self.cookie = self.browser.ask("GET", urlsplit(served.home).path).headers["Set-Cookie"].split(";")[0]

    def get(self, path: str) -> str:
        answer = self.browser.ask("GET", path, Cookie=self.cookie)
        assert answer.status == 200, (path, answer.status)
        return answer.body.decode()

    def post(self, path: str, fields: dict[str, str] | list[tuple[str, str]], **headers: str) -> Answer:
        body = urlencode(fields).encode()
        return self.browser.ask(
            "POST", path, body, Cookie=self.cookie, Content_Type="application/x-www-form-urlencoded", **headers
        )

    def call(self, company: str = COMPANY) -> str:
        """The address of the page of a company's next call, as the home page links it."""
        steps = self.get("/").split('class="stage"')
        row = next(one for one in steps if f": {company.lower()}" in one.lower())
        found = re.search(r'href="(/call/[0-9a-f-]{36})"', row)
        assert found, company
        return found[1]

    def form(self, page: str) -> dict[str, str]:
        """The hidden fields of a page."""
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
