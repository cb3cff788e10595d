import { expect, test } from "vitest";
import { holds } from "./spelled";

test.each([
  ["רו״ח כהן", 'רו"ח'],
  ["רו״ח כהן", "כהן רו״ח"],
  ["שִׂמְחָה בֶּן־דָּוִד", "בן-דוד שמחה"],
  ["פתח תקווה", "פתח-תקוה"],
  ["John O’Brien", "o'brien"],
  ["צה״ל", "\u200fצהל"],
  ["+972527654321", "052-765-4321"],
  ["יוסי", ""],
])("%s is found by %s", (text, sought) => {
  expect(holds([text], sought)).toBe(true);
});

test("a word that stands nowhere finds nothing", () => {
  expect(holds(["יוסי כהן", "רמת גן"], "כהן חיפה")).toBe(false);
});
