import { expect, test } from "vitest";
import { readFailure } from "./failure";

test("failures of models have kinds", () => {
  expect(readFailure("no answer within 8 s")).toBe("slow");
  expect(readFailure("HTTP 503: overloaded")).toBe("busy");
  expect(readFailure("ModelHTTPError: status_code: 429, model_name: gemini")).toBe("limit");
  expect(readFailure("ModelHTTPError: status_code: 401, model_name: gpt")).toBe("key");
  expect(readFailure("ValueError: empty answer")).toBe("unusable");
  expect(readFailure("ModelAPIError: Connection error.")).toBe("unreachable");
  expect(readFailure("KeyError: 'x'")).toBe("other");
});
