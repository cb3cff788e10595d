"""A whole call from the terminal: the scripts that come along are scripts, and one is played with its sound."""

import importlib.util
import shutil
import wave
from array import array
from pathlib import Path

import pytest

from proli.cli.calling.script import read_script
from proli.cli.calling.sound import decoded, encoded, write_wav
from proli.platform.errors import ConfigurationError
from proli.playbooks.loader import list_playbooks
from tests.command_line import proli

SCRIPTS = Path(__file__).parents[3] / "evals/calls"
speaks = pytest.mark.skipif(
    shutil.which("espeak-ng") is None
    or importlib.util.find_spec("nakdimon") is None
    or importlib.util.find_spec("pipecat") is None,
    reason="proli[voice] or espeak-ng is not installed",
)


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.yaml")), ids=lambda path: path.stem)
def test_each_script_that_comes_along_says_what_should_come_of_it(path: Path) -> None:
    script = read_script(path)
    assert script.playbook in list_playbooks()
    assert script.caller
    assert script.expect.model_fields_set


@pytest.mark.parametrize(
    "words", ["", "about: x", "- a\n- b", "about: [", "about: x\nplaybook: y\nat: 2070-01-01\ncaller: 7"]
)
def test_what_is_no_script_is_refused_in_a_line(tmp_path: Path, words: str) -> None:
    (tmp_path / "call.yaml").write_text(words)
    with pytest.raises(ConfigurationError, match="is no script of a call"):
        read_script(tmp_path / "call.yaml")


def test_the_file_has_the_caller_on_the_left(tmp_path: Path) -> None:
    caller, answers = encoded([8000] * 400), encoded([-300] * 360)
    write_wav(tmp_path / "call.wav", caller, answers)
    with wave.open(str(tmp_path / "call.wav")) as file:
        assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (2, 8000, 360)
        both = array("h", file.readframes(360))
    assert set(both[0::2]) == set(decoded(caller))
    assert set(both[1::2]) == set(decoded(answers))
    assert abs(both[0] - 8000) < 300
    assert abs(both[1] + 300) < 20


@speaks
def test_a_call_that_is_hung_up_in_mid_sentence_is_played_and_goes_on_in_writing(tmp_path: Path) -> None:
    path, wav = tmp_path / "call.wav", SCRIPTS / "hangs_up.yaml"
    done = proli("call", "--script", str(wav), "--wav", str(path), home=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    said = " ".join(done.stdout.split())
    assert "The call: dropped" in said
    assert "WhatsApp: השיחה שלנו נקטעה. אפשר להמשיך כאן. / מה הכתובת המדויקת?" in said
    with wave.open(str(path)) as file:
        both = array("h", file.readframes(file.getnframes()))
    assert max(both[0::2]) > 2000
    assert max(both[1::2]) > 2000
