"""The key of an installation is replaced without a word lost or a link broken."""

import pytest

from proli.accounts.errors import LinkExpired
from proli.accounts.tokens import Signer, VisitPass
from proli.cli.upkeep import reseal_everything
from proli.conversations.accounts import add_channel_account
from proli.conversations.models import ChannelAccount
from proli.platform.errors import ConfigurationError
from proli.platform.runtime import Runtime
from proli.platform.security import Vault, new_key
from tests.conftest import ManualClock

OLD, NEW = new_key(), new_key()


def test_the_first_key_writes_and_all_of_them_read() -> None:
    sealed = Vault(OLD).seal({"token": "x"})
    both = Vault(f"{NEW}, {OLD}")
    assert both.unseal(sealed) == {"token": "x"}
    with pytest.raises(ConfigurationError):
        Vault(NEW).unseal(sealed)
    assert Vault(NEW).unseal(both.reseal(sealed)) == {"token": "x"}


def test_links_signed_with_the_former_key_are_good_until_it_is_taken_away(clock: ManualClock) -> None:
    shown = VisitPass(business_id=1, booking_id=2)
    token = Signer(Vault(OLD)).visit(shown, over_at=clock.now())
    assert Signer(Vault(f"{NEW},{OLD}")).read_visit(token, now=clock.now()) == shown
    with pytest.raises(LinkExpired):
        Signer(Vault(NEW)).read_visit(token, now=clock.now())


async def test_everything_is_written_anew_with_the_first_key(runtime: Runtime, business_id: int) -> None:
    async with runtime.db.begin(business_id) as session:
        account_id = await add_channel_account(
            session, Vault(OLD), provider="green_api", external_id="1", credentials={"token": "x"}, webhook_token=None
        )
    object.__setattr__(runtime, "vault", Vault(f"{NEW},{OLD}"))
    assert await reseal_everything(runtime) == 1
    async with runtime.db.begin(business_id) as session:
        account = await session.get_one(ChannelAccount, account_id)
        assert Vault(NEW).unseal(account.sealed) == {"token": "x"}
