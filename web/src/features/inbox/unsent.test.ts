import { expect, test } from "vitest";
import { below } from "./unsent";

test("words that were asked for never replace what was typed", () => {
  expect(below("שלום דנה,\n", "נגיע מחר")).toBe("שלום דנה,\nנגיע מחר");
  expect(below("  ", "נגיע מחר")).toBe("נגיע מחר");
});
