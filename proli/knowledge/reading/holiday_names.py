"""What people call the holidays, in the form of `fold`, and which ones they mean."""

from typing import Final

from proli.knowledge.text import fold

_CALLED: Final = (
    (("rosh_hashana",), "ראש השנה, ראש שנה, ר״ה, rosh hashana, rosh hashanah"),
    (("gedaliah",), "צום גדליה, גדליה"),
    (("yom_kippur",), "יום כיפור, כיפור, יום הכיפורים, יום כפור, הכיפורים, yom kippur, yom kipur, kippur"),
    (("sukkot",), "סוכות, חג סוכות, חג הסוכות, sukkot, succot, sukkos"),
    (("hoshana_raba",), "הושענא רבה, הושענא רבא"),
    (("simchat_torah",), "שמחת תורה, שמיני עצרת, חג שני של סוכות, simchat torah, simhat torah, shemini atzeret"),
    (("tishri",), "חגים, החגים, חגי תשרי, חגי תישרי, the holidays, high holidays, the high holidays"),
    (("hanukkah",), "חנוכה, hanukkah, hanuka, chanukah, chanuka"),
    (("tevet",), "עשרה בטבת, י׳ בטבת, צום עשרה בטבת"),
    (("tu_bishvat",), "ט״ו בשבט, טו בשבט, tu bishvat"),
    (("esther",), "תענית אסתר, צום אסתר"),
    (("purim",), "פורים, purim"),
    (("shushan_purim",), "שושן פורים, shushan purim"),
    (("pesach",), "פסח, חג פסח, חג הפסח, passover, pesach, pesah"),
    (("seventh_of_pesach",), "שביעי של פסח, שביעי פסח, חג שני של פסח, חג שני פסח"),
    (("seventh_of_pesach", "simchat_torah"), "חג שני, החג השני"),
    (("mimouna",), "מימונה, המימונה, mimouna"),
    (("holocaust",), "יום השואה, יום הזיכרון לשואה, יום הזיכרון לשואה ולגבורה, holocaust day"),
    (("memorial",), "יום הזיכרון, יום הזכרון, יום זיכרון, yom hazikaron, memorial day"),
    (("independence",), "יום העצמאות, עצמאות, יום עצמאות, yom haatzmaut, independence day"),
    (("lag_baomer",), "ל״ג בעומר, לג בעומר, lag baomer, lag ba'omer"),
    (("jerusalem",), "יום ירושלים, jerusalem day"),
    (("shavuot",), "שבועות, חג שבועות, חג השבועות, shavuot, shavuos"),
    (("tammuz",), "י״ז בתמוז, יז בתמוז, צום י״ז בתמוז"),
    (("tisha_bav",), "תשעה באב, ט׳ באב, ט באב, tisha b'av, tisha bav"),
    (("tu_bav",), "ט״ו באב, טו באב, tu b'av"),
    (("chol_hamoed_sukkot",), "חול המועד סוכות, חוה״מ סוכות, חול המועד של סוכות"),
    (("chol_hamoed_pesach",), "חול המועד פסח, חוה״מ פסח, חול המועד של פסח"),
    (("chol_hamoed_sukkot", "chol_hamoed_pesach"), "חול המועד, חוה״מ, chol hamoed, hol hamoed"),
    (("rosh_hashana", "sukkot", "pesach", "shavuot", "independence"), "חג, החג, the holiday, the chag, chag"),
)
NAMES: Final[dict[str, tuple[str, ...]]] = {
    fold(name): keys for keys, names in _CALLED for name in names.split(", ")
} | {key: keys for keys, _ in _CALLED for key in keys if len(keys) == 1}
