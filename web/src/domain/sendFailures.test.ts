import { expect, test } from "vitest";
import { whyOf } from "./sendFailures";

test("what a provider says of a message not sent is a code with words in both languages", () => {
  expect(whyOf("The number has no WhatsApp")).toBe("noWhatsapp");
  expect(whyOf("466: monthly quota")).toBe("quota");
  expect(whyOf("something new")).toBe("refused");
});
