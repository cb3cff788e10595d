import { expect, it } from "vitest";
import type { NeedWord } from "@/domain/needs";
import { asKept, asTyped, sayNeed } from "./needs";

const need = (kind: NeedWord["kind"], values: NeedWord["values"] = []): NeedWord => ({
  key: "x",
  kind,
  he: "",
  en: "",
  values,
});
const PARKING = { key: "parking", he: "חניה", en: "Parking" };
const words = { language: "he", tradeName: (key: string) => `<${key}>` } as const;

it("keeps what it shows, of every kind", () => {
  const kept: [NeedWord["kind"], unknown][] = [
    ["choice", "sale"],
    ["choices", ["parking", "elevator"]],
    ["list", ["מרכז העיר"]],
    ["number", 3.5],
    ["number", 0],
    ["day", "2027-02"],
    ["text", "אמר: מחר"],
  ];
  for (const [kind, value] of kept) expect(asKept(kind, asTyped(value))).toEqual(value);
});

it("takes back what was emptied", () => {
  for (const kind of ["choice", "choices", "number", "day"] as const) {
    expect(asKept(kind, " ")).toBeNull();
  }
  expect(asTyped(null)).toBe("");
});

it("says values in words, and never a code that has one", () => {
  expect(sayNeed(need("choices", [PARKING]), "parking, sea", words)).toBe("חניה, sea");
  expect(sayNeed(need("choice", [PARKING]), "parking", words)).toBe("חניה");
  expect(sayNeed(need("trades"), "plumber, electrician", words)).toBe("<plumber>, <electrician>");
  expect(sayNeed(need("number"), "2500000", words)).toBe("2,500,000");
});
