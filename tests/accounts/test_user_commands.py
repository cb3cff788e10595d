"""The first user of an installation is made on the command line."""

import json
from pathlib import Path

from proli.platform.security import new_key
from tests.platform.test_configuration import proli


async def test_a_user_is_made_with_a_link_and_not_twice(tmp_path: Path, database_url: str) -> None:
    environment = {"PROLI_DATABASE_URL": database_url, "PROLI_SECRET_KEY": new_key()}
    assert (
        proli("business", "create", "--name", "מורן", "--slug", "moran", home=tmp_path, **environment).returncode == 0
    )
    create = ("user", "create", "--email", "dana@example.com", "--name", "דנה", "--business", "moran", "--json")
    made = proli(*create, home=tmp_path, **environment)
    assert made.returncode == 0, made.stderr
    assert "/link/invitation?token=" in json.loads(made.stdout)["link"]
    again = proli(*create, home=tmp_path, **environment)
    assert again.returncode == 1
    assert "email_taken" in again.stderr
    link = proli("user", "link", "--email", "dana@example.com", "--purpose", "sign_in", home=tmp_path, **environment)
    assert "/link/sign_in?token=" in link.stdout
    unknown = proli("user", "link", "--email", "nobody@example.com", home=tmp_path, **environment)
    assert "user_not_found" in unknown.stderr
