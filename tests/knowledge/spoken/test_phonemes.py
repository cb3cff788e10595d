"""Hebrew with points has the sounds that Israelis make of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proli.knowledge.spoken.phonemes import by_rule, sounds_of, sounds_of_words


@pytest.mark.parametrize(
    ("pointed", "sounds"),
    [
        ("שָׁלוֹם", "Sal'om"),
        ("מְדַבֶּרֶת", "medab'eret"),
        ("בּוֹקֶר", "b'oker"),
        ("שְׁאֵלָה", "Seel'a"),
        ("בְּבַקָּשָׁה", "bevakaS'a"),
        ("בְּדִיקָה", "bdik'a"),
        ("תִּשְׁלְחוּ", "tiSlex'u"),
        ("לוּחַ", "l'uax"),
        ("מַיִם", "m'ayim"),
        ("צָהֳרַיִים", "cohor'ayim"),
        ("שָׁלַחְתִּי", "Sal'axti"),
        ("שֶׁלָּנוּ", "Sel'anu"),
        ("שֶׁלָּכֶם", "Selax'em"),
        ("עַכְשָׁיו", "axS'av"),
        ("תִּקְוָוה", "tikv'a"),
        ("אֵיפֹה", "'eyfo"),
        ("שְׂרֵיפָה", "sref'a"),
        ("לַחֲזוֹר", "laxz'or"),
        ("ג'וּקִים", "Juk'im"),
        ("הִזְמִינָה", "hizm'ina"),
        ("וּבִפְנִים", "uvifn'im"),
        ("hello", ""),
        ("", ""),
    ],
)
def test_each_kind_of_word_has_its_sounds(pointed: str, sounds: str) -> None:
    assert sounds_of(pointed) == sounds


def test_the_ten_of_the_teens_sounds_otherwise_than_ten_alone() -> None:
    assert sounds_of_words(["אַרְבַּע", "עֶשְׂרֵה"]) == ["'arba", "esr'e"]
    assert sounds_of_words(["חֲמִישָׁה", "עָשָׂר"]) == ["xamiS'a", "as'ar"]
    assert sounds_of_words(["בִּשְׁתִּים", "עֶשְׂרֵה"])[1] == "esr'e"
    assert sounds_of_words(["עֶשֶׂר"]) == ["'eser"]


def test_a_prefix_does_not_hide_a_word_of_the_list() -> None:
    assert sounds_of("בְּהֶרְצְל") == "beh'ercel"


@given(st.text("אבהויכלםנעפשת'\u05b0\u05b4\u05b5\u05b6\u05b7\u05b8\u05b9\u05bc\u05c1\u05c2\u05b3 a1", max_size=30))
def test_whatever_stands_there_its_sounds_are_sounds(text: str) -> None:
    assert set(by_rule(text)) <= set("bvgdhzxtyklmnsgpfcrSZCJaeiou'")
