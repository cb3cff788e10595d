import { expect, test } from "vitest";
import { agorotOf, shekelsOf } from "./money";

test("an amount is read as it is typed", () => {
  expect(agorotOf("250")).toBe(25000);
  expect(agorotOf(" ₪1,200.5 ")).toBe(120050);
  expect(agorotOf("19.99")).toBe(1999);
});

test("what is no amount is none", () => {
  for (const words of ["", "abc", "-5", "1.999", "99999999"]) expect(agorotOf(words)).toBeNull();
});

test("agorot are written as they would be typed", () => {
  expect([shekelsOf(25000), shekelsOf(1950), shekelsOf(null)]).toEqual(["250", "19.5", ""]);
});
