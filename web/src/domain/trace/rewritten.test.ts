import { expect, test } from "vitest";
import { readFailure, readRewritten } from "./rewritten";

test("every reason that the proof gives is understood", () => {
  expect(readRewritten("claims booked, sent without the effect")).toEqual({
    kind: "lie",
    what: ["booked", "sent"],
  });
  expect(readRewritten("claims booked at another time than the visit's")).toEqual({
    kind: "misdated",
    what: ["booked"],
  });
  expect(readRewritten("names prices that are not in the list: [-1, 25000, 9950]")).toEqual({
    kind: "prices",
    what: ["₪250", "₪99.5"],
  });
  expect(readRewritten("names times from nowhere: 4:30, 12:00")).toEqual({
    kind: "times",
    what: ["4:30", "12:00"],
  });
  expect(readRewritten("names links from nowhere: bit.ly/x, pay.example.com")).toEqual({
    kind: "links",
    what: ["bit.ly/x", "pay.example.com"],
  });
  expect(readRewritten("names numbers from nowhere: 0541112223").kind).toBe("numbers");
  expect(readRewritten("names percentages from nowhere: 10").kind).toBe("percentages");
  expect(readRewritten("names letters from nowhere: Cjk").kind).toBe("letters");
  expect(readRewritten("nothing to say")).toEqual({ kind: "silent", what: [] });
  expect(readRewritten("something new")).toEqual({ kind: "other", what: [] });
});

test("failures of models have kinds", () => {
  expect(readFailure("no answer within 8 s")).toBe("slow");
  expect(readFailure("HTTP 503: overloaded")).toBe("busy");
  expect(readFailure("ModelHTTPError: status_code: 429, model_name: gemini")).toBe("limit");
  expect(readFailure("ModelHTTPError: status_code: 401, model_name: gpt")).toBe("key");
  expect(readFailure("ValueError: empty answer")).toBe("unusable");
  expect(readFailure("ModelAPIError: Connection error.")).toBe("unreachable");
  expect(readFailure("KeyError: 'x'")).toBe("other");
});
