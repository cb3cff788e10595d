"""The words that pages choose from."""

from proli.accounts.permissions import Role
from tests.console import Console


async def test_trades_and_places_are_found_by_either_language(console: Console) -> None:
    await console.add_person("dana@example.com", role=Role.viewer)
    dana = await console.signed_in("dana@example.com")
    trades = {one["key"]: one for one in (await dana.call("GET", "/api/trades")).json()}
    issues = {one["key"]: one["he"] for one in trades["electrician"]["issues"]}
    assert (issues["power_outage"], trades["realtor"]["issues"]) == ("אין חשמל", [])
    assert (trades["plumber"]["he"], trades["realtor"]["he"]) == ("אינסטלציה", 'נדל"ן')
    for words in ("רמת", "ramat g"):
        names = [one["he"] for one in (await dana.call("GET", f"/api/places?words={words}")).json()]
        assert names[0] == "רמת גן", words
    assert (await (await console.browser()).call("GET", "/api/trades")).status_code == 401


async def test_long_answers_are_compressed_and_short_ones_are_not(console: Console) -> None:
    await console.add_person("dana@example.com", role=Role.viewer)
    dana = await console.signed_in("dana@example.com")
    long, short = await dana.call("GET", "/api/trades"), await dana.call("GET", "/api/places?words=qqq")
    assert (long.headers.get("content-encoding"), short.headers.get("content-encoding")) == ("gzip", None)
