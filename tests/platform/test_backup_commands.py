"""`proli backup` and `proli restore` as whoever keeps Proli running types them."""

import json
from pathlib import Path

from proli.platform.security import new_key
from tests.command_line import proli


def test_an_installation_moves_to_another_folder_with_its_key(tmp_path: Path) -> None:
    first, second, file = tmp_path / "first", tmp_path / "second", tmp_path / "proli.backup"
    assert proli("business", "create", "--slug", "moran", "--name", "מורן", home=first).returncode == 0
    made = proli("backup", str(file), "--json", home=first)
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["tables"]["businesses"] == 1

    again = proli("backup", str(file), home=first)
    assert (again.returncode, "is there already" in again.stderr) == (2, True)

    key = (first / "secret.key").read_text()
    restored = proli("restore", str(file), "--hold", home=second, PROLI_SECRET_KEY=key)
    assert restored.returncode == 0, restored.stderr
    assert "another key" not in restored.stdout
    refused = proli("restore", str(file), home=second, PROLI_SECRET_KEY=key)
    assert refused.returncode == 1
    assert "database_not_empty: database=postgres, businesses_and_users=1, unless=--replace" in refused.stderr

    other = proli("restore", str(file), "--replace", home=second, PROLI_SECRET_KEY=new_key())
    assert (other.returncode, "another key" in other.stdout) == (0, True)


def test_the_newest_backups_are_kept_and_nothing_else_is_taken_away(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "backups"
    folder.mkdir()
    for name in ("proli-20260101T020000Z.backup", "proli-20260102T020000Z.backup", "proli-mine.backup"):
        (folder / name).touch()
    made = proli("backup", str(folder / "proli-20260103T020000Z.backup"), "--keep", "2", home=home)
    assert made.returncode == 0, made.stderr
    assert sorted(one.name for one in folder.iterdir()) == [
        "proli-20260102T020000Z.backup", "proli-20260103T020000Z.backup", "proli-mine.backup",
    ]  # fmt: skip


def test_a_file_that_is_no_backup_is_refused_before_anything_else(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("buy milk")
    refused = proli("restore", str(tmp_path / "notes.txt"), home=tmp_path / "home")
    assert (refused.returncode, "backup_unreadable" in refused.stderr) == (1, True)


def test_the_doctor_says_what_a_new_installation_wants_first(tmp_path: Path) -> None:
    looked = proli("doctor", "--json", home=tmp_path)
    bad = [one for one in json.loads(looked.stdout) if one["level"] == "bad"]
    assert [one["todo"] for one in bad] == ["proli migrate"], looked.stderr
    assert looked.returncode == 1


def test_the_doctor_says_where_the_key_is_and_that_no_backup_holds_it(tmp_path: Path) -> None:
    proli("migrate", home=tmp_path)
    found = {one["what"]: one for one in json.loads(proli("doctor", "--json", home=tmp_path).stdout)}
    assert found["secret key"]["level"] == "ok"
    assert str(tmp_path / "secret.key") in found["secret key"]["found"]
    assert "no backup holds it" in found["secret key"]["found"]


def test_the_doctor_says_of_which_moment_the_newest_backup_is(tmp_path: Path) -> None:
    def look() -> tuple[str, str]:
        found = {one["what"]: one for one in json.loads(proli("doctor", "--json", home=tmp_path).stdout)}
        return found["backup"]["level"], found["backup"]["found"]

    proli("migrate", home=tmp_path)
    assert look() == ("note", "never made")
    made = json.loads(proli("backup", str(tmp_path / "one.backup"), "--json", home=tmp_path).stdout)
    assert proli("backup", str(tmp_path / "one.backup"), home=tmp_path).returncode == 2, "which leaves no trace"
    of_then = ("ok", f"the newest is of {made['made_at'][:16].replace('T', ' ')} UTC")
    assert look() == of_then
    proli("business", "create", "--slug", "moran", "--name", "מורן", home=tmp_path)
    restored = proli("restore", str(tmp_path / "one.backup"), "--replace", home=tmp_path)
    assert restored.returncode == 0, restored.stderr
    assert look() == of_then, "the one that was restored is the newest that there is"
