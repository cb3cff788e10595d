"""Writes the place tables of `proli/knowledge/data` from raw lists of localities, aliases and neighbourhoods.

    python scripts/build_places.py RAW_FOLDER

RAW_FOLDER holds `localities.csv`, `locality_aliases.csv` and `neighbourhoods.csv`. What is decided here
and not in the raw lists: which rows are no localities, which rows are one place, what a place is called on a screen,
and the centre of towns whose raw position is that of one of their districts.
"""

import csv
import re
import sys
from pathlib import Path
from typing import Final

from proli.knowledge.text import skeleton, tokens

OUT: Final = Path(__file__).parent.parent / "proli" / "knowledge" / "data"

NOT_LOCALITIES: Final = frozenset(
    [
        "מערב ירושלים",
        "יפו",
        "אבו תור",
        "בנימינה",
        "ינוח ג'ת",
        "אכסאל",
        "אבו סנאן",
        "ריחניה",
        "שומרת",
        "מודיעין",
        "יב",
        "טו",
        "יז",
        "מרינה",
        "סיטי",
        "לבנון",
        "צאלון",
        "רפטינג נהר הירדן",
        "שאנטי במדבר",
        "רמת הנדיב",
        "שער הגיא",
        "רטורנו",
        "שבלי",
        "א טיבה",
        "אם אל פחם",
        "בית כרם",
        "אוהד",
        "אל מסק",
        "עין כרם",
    ]
)
NO_LOCALITY_WORDS: Final = re.compile(
    r"תעשיי?ה|תעשיון|^א\.ת|צומת|בית ספר|מכללת|^חוף |מלון|פארק|תחנת|מתחם|מרכז אזורי|בסיס|קניון|אתר |בית סוהר|כלא|נמל"
    r"|אוניברסיט|מוסד|חוות|חווה|מרחצאות|\d|קמפוס|אזור |אולפנת|ישיבת|חממ|עלמין|מטווח|סינמה|חניון|מפעל|חי-בר|מכון"
    r"|מיני ישראל"
    r"|אקדמי|פנימיי|נוער|איירפורט|ואדי אל נעם|אשדוד -|ישובי |מכרות|טראמפ|היישוב"
)
DISPLAY: Final = {
    "תל אביב-יפו": "תל אביב", "הרצלייה": "הרצליה", "נהרייה": "נהריה", "מודיעין-מכבים-רעות": "מודיעין",
    "סח'נין": "סכנין", "יהוד-מונוסון": "יהוד", "פרדסייה": "פרדסיה", "דאלית אל-כרמל": "דלית אל-כרמל",
    "דבורייה": "דבוריה", "פקיעין (בוקייעה)": "פקיעין", "ג'ש (גוש חלב)": "גוש חלב", "יקנעם עילית": "יקנעם עילית",
    "נורדייה": "נורדיה", "באקה אל-גרביה": "באקה אל-גרביה", "אזור": "אזור", "מעלות-תרשיחא": "מעלות-תרשיחא",
}  # fmt: skip
CENTRES: Final = {
    3000: (31.76904, 35.21633), 5000: (32.08088, 34.78057), 4000: (32.81303, 34.99928), 8300: (31.97102, 34.78939),
    7400: (32.33291, 34.85992), 70: (31.79213, 34.64966), 9000: (31.25181, 34.7913), 8600: (32.08227, 34.81065),
    6900: (32.175, 34.90694), 6400: (32.16627, 34.82536), 6500: (32.44192, 34.9039), 1200: (31.89385, 35.01504),
    8700: (32.1836, 34.87386), 9700: (32.15934, 34.8932), 6800: (32.81149, 35.11323), 2600: (29.55805, 34.94821),
    6700: (32.79396, 35.53152), 9500: (32.8275, 35.08583), 3616: (31.7774, 35.29875), 8000: (32.96465, 35.496),
    1063: (33.01667, 35.26667),
}  # fmt: skip
POPULATIONS: Final = {2710: 56109, 516: 15455, 2730: 43957, 1161: 79064, 1247: 40000}
BAD_ALIASES: Final = frozenset(
    [
        *[(2730, "אל-טייבה"), (1145, "אלמה"), (206, "רמת הכובש"), (184, "רמות השבים"), (553, "בני המושבים")],
        *[(4000, "חפה"), (3780, "ביתר"), (2630, 'ק"ג')],
    ]
)
MORE_ALIASES: Final = [
    ("קדימה", "קדימה-צורן"), ("צורן", "קדימה-צורן"), ("ראש העיין", "ראש העין"), ("נצרת עלית", "נוף הגליל"),
    ("מודיעין מכבים רעות", "מודיעין"), ("טייבה בגלבוע", "טייבה (בעמק)"), ("ג'ש", "גוש חלב"), ("מטלה", "מטולה"),
    ("תל-אביב יפו", "תל אביב"), ("haifa", "חיפה"), ("modiin", "מודיעין"), ("kiryat shmona", "קריית שמונה"),
    ("petah tikvah", "פתח תקווה"), ("petach tikvah", "פתח תקווה"), ("beer sheba", "באר שבע"), ("bnei braq", "בני ברק"),
    ("kfar sava", "כפר סבא"), ("herzeliya", "הרצליה"), ("nof hagalil", "נוף הגליל"), ("rosh ha'ayin", "ראש העין"), ('רה"ע', "ראש העין"), ('ראה"ע', "ראש העין"), ('נס"צ', "נס ציונה"),
    ("יקנעם מושבה", "יקנעם המושבה"), ("מושבה יקנעם", "יקנעם המושבה"), ("המושבה יקנעם", "יקנעם המושבה"),
    ("نوف هجليل", "נוף הגליל"), ("نوف هاجليل", "נוף הגליל"), ("الناصره العليا", "נוף הגליל"), ("نتسيرت عيليت", "נוף הגליל"), ("يافا", "תל אביב"), ("تل ابيب", "תל אביב"), ("القدس", "ירושלים"), ("بئر السبع", "באר שבע"), ("بير السبع", "באר שבע"), ("ام الفحم", "אום אל-פחם"), ("الطيبة", "טייבה"), ("الطيره", "טירה"), ("طمرة", "טמרה"), ("سخنين", "סכנין"), ("شفاعمرو", "שפרעם"), ("عكا", "עכו"), ("اللد", "לוד"), ("الرملة", "רמלה"), ("كفر قاسم", "כפר קאסם"), ("باقة الغربية", "באקה אל-גרביה"), ("نتانيا", "נתניה"), ("اشدود", "אשדוד"), ("ريشون لتسيون", "ראשון לציון"),
]  # fmt: skip
MORE_CODES: Final = {"סביון": 587, "גבעת זאב": 3730, "ג'ת": 628}
MORE_LOCALITIES: Final[list[dict[str, object]]] = [
    {
        "name": "יקנעם המושבה", "code": 241, "name_en": "Yokneam Moshava", "name_ru": "Йокнеам-Мошава", "name_ar": "",
        "lat": 32.66583, "lon": 35.1054, "population": 1500,
    },
]  # fmt: skip
RENAMED: Final = {"קיסרייה": "קיסריה"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key(name: str) -> str:
    return " ".join(token.text for token in tokens(name)).replace('"', "")


def codes_by_name(aliases: list[dict[str, str]], names: set[str]) -> dict[str, int]:
    """Raw locality name to public code: the official name first, then an alias that is a raw name."""
    found: dict[str, int] = dict(MORE_CODES)
    taken: set[int] = set(found.values())
    by_key = {key(name): name for name in names}
    for column in ("name_he", "alias"):
        for row in aliases:
            code, name = int(row["code"]), by_key.get(key(row[column]))
            bad = (code, row["alias"]) in BAD_ALIASES and column == "alias"
            if name and code not in taken and name not in found and not bad:
                found[name] = code
                taken.add(code)
    return found


def is_locality(row: dict[str, str]) -> bool:
    return row["name_he"] not in NOT_LOCALITIES and not NO_LOCALITY_WORDS.search(row["name_he"])


def display(name: str, official: str | None) -> str:
    shown = DISPLAY.get(official or "", official if official and "(" not in official else name)
    return RENAMED.get(shown, shown)


def build_localities(raw: Path) -> tuple[list[dict[str, object]], dict[str, str]]:
    """The clean localities, and every raw or official name with the display name it now has."""
    aliases = rows(raw / "locality_aliases.csv")
    official = {int(row["code"]): row["name_he"] for row in aliases}
    kept = [row for row in rows(raw / "localities.csv") if is_locality(row)]
    codes = codes_by_name(aliases, {row["name_he"] for row in kept})
    clean: dict[str, dict[str, object]] = {}
    shown: dict[str, str] = {}
    for row in kept:
        code = codes.get(row["name_he"])
        name = display(row["name_he"], official.get(code) if code else None)
        shown[row["name_he"]] = name
        if code and code in official:
            shown[official[code]] = name
        if name not in clean:
            clean[name] = {"name": name, **locality(row, code)}
    clean |= {str(entry["name"]): entry for entry in MORE_LOCALITIES}
    return sorted(clean.values(), key=lambda entry: (-int(str(entry["population"])), str(entry["name"]))), shown


def locality(row: dict[str, str], code: int | None) -> dict[str, object]:
    lat, lon = CENTRES.get(code or 0, (float(row["lat"]), float(row["lon"])))
    people = POPULATIONS.get(code or 0, int(float(row["population"] or 0)))
    return {
        "code": code or "",
        "name_en": row["name_en"].split(" , ")[0].split(", ")[0],
        "name_ru": row["name_ru"].split(" , ")[0].split(", ")[0],
        "name_ar": row["name_ar"].split("،")[0].split(" , ")[0].strip(),
        "lat": lat,
        "lon": lon,
        "population": people,
    }


def build_aliases(raw: Path, shown: dict[str, str], names: set[str]) -> list[dict[str, object]]:
    """Every other spelling with the display name it stands for, a name of one place never naming another."""
    pairs = [(old, new) for old, new in shown.items() if old != new]
    for row in rows(raw / "locality_aliases.csv"):
        name = shown.get(row["name_he"])
        if name and (int(row["code"]), row["alias"]) not in BAD_ALIASES:
            pairs.append((row["alias"].strip("\u200e "), name))
    pairs += [(alias, name) for alias, name in MORE_ALIASES if name in names]
    for name in names:
        if name.startswith("קריית "):
            rest = name.removeprefix("קריית ")
            pairs += [(f"קרית {rest}", name), (f"ק {rest}", name)]
        if name.startswith("נווה "):
            pairs.append((f"נוה {name.removeprefix('נווה ')}", name))
    taken = {skeleton(name) for name in names}
    kept = {alias: name for alias, name in reversed(pairs) if skeleton(alias) not in taken and "(" not in alias}
    return [{"alias": alias, "name": name} for alias, name in sorted(kept.items())]


def build_parts(raw: Path, shown: dict[str, str], names: set[str]) -> list[dict[str, object]]:
    parts: dict[tuple[str, str], None] = {}
    for row in rows(raw / "neighbourhoods.csv"):
        city = shown.get(row["city_he"], row["city_he"])
        if city in names and not row["neighbourhood_he"].isdigit():
            parts[row["neighbourhood_he"], city] = None
    return [{"neighbourhood": part, "city": city} for part, city in parts]


def write(name: str, table: list[dict[str, object]]) -> None:
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def main(raw: Path) -> None:
    """The three place tables are as the raw lists and this file say."""
    localities, shown = build_localities(raw)
    names = {str(entry["name"]) for entry in localities}
    write("localities.csv", localities)
    write("locality_aliases.csv", build_aliases(raw, shown, names))
    write("neighbourhoods.csv", build_parts(raw, shown, names))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
