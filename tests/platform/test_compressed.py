"""What is served is small on the way: the console's files as the build compressed them, answers as they are made."""

import gzip
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from proli.console import FOREVER, add_console

SCRIPT = b"export const words = '';" * 400


@pytest.fixture
def served(tmp_path: Path) -> httpx2.AsyncClient:
    assets = tmp_path / "assets"
    assets.mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>")
    (assets / "page-1a2b.js").write_bytes(SCRIPT)
    (assets / "page-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT))
    (assets / "page-1a2b.js.br").write_bytes(b"as the build made it")
    (assets / "letters.woff2").write_bytes(b"wOF2")
    app = FastAPI()
    add_console(app, tmp_path)
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://127.0.0.1")


@pytest.mark.parametrize(("accepted", "sent"), [("gzip, deflate, br", "br"), ("gzip;q=1", "gzip"), ("identity", None)])
async def test_a_browser_gets_the_smallest_file_it_reads_and_keeps_it(
    served: httpx2.AsyncClient, accepted: str, sent: str | None
) -> None:
    asked = {"accept-encoding": accepted}
    async with served.stream("GET", "/assets/page-1a2b.js", headers=asked) as answer:
        assert answer.headers.get("content-encoding") == sent
        assert answer.headers["content-type"].startswith("text/javascript")
        assert (answer.headers["cache-control"], answer.headers["vary"]) == (FOREVER, "accept-encoding")
        tag = answer.headers["etag"]
    again = {**asked, "if-none-match": tag}
    assert (await served.get("/assets/page-1a2b.js", headers=again)).status_code == 304


async def test_what_does_not_shrink_is_sent_as_it_is(served: httpx2.AsyncClient) -> None:
    answer = await served.get("/assets/letters.woff2", headers={"accept-encoding": "br"})
    assert (answer.content, answer.headers.get("content-encoding")) == (b"wOF2", None)
