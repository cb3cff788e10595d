const DROPPED =
  /['"`´\u00ad\u02bc\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u05f3\u05f4\u061c\u200b-\u200f\u2018-\u201f\u202a-\u202e\u2032\u2033\u2060\u2066-\u2069\ufeff«»]/g;
const SPACES = /[\s\u05be\u2010-\u2015\u2212(),+-]+/g;
const FINALS: Record<string, string> = { ך: "כ", ם: "מ", ן: "נ", ף: "פ", ץ: "צ" };

/** The text in the one spelling in which searches compare, as the database's `proli_spelled` does. */
function spelled(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[ךםןףץ]/g, (letter) => FINALS[letter] ?? letter)
    .replace(DROPPED, "")
    .replace(SPACES, " ")
    .replaceAll("יי", "י")
    .replaceAll("וו", "ו")
    .trim();
}

/** Whether every word sought stands in one of the texts, in any order and however it is spelled. */
export function holds(texts: readonly string[], sought: string): boolean {
  const within = texts.map(spelled);
  return spelled(sought)
    .split(" ")
    .every((word) => within.some((text) => text.includes(word.replace(/^0+(?=\d)/, ""))));
}
