import { expect, test } from "vitest";
import { isFiltered, readFilter, writeFilter } from "./filter";

test("what is wanted stands in the address and is read from it", () => {
  const address = "direction=inbound&outcome=missed&contact=7&from=2026-11-01&to=2026-11-30";
  const filter = readFilter(new URLSearchParams(address));
  expect(filter).toEqual({
    direction: "inbound",
    outcome: "missed",
    contact: 7,
    from: "2026-11-01",
    to: "2026-11-30",
  });
  expect(writeFilter(new URLSearchParams(), filter).toString()).toBe(address);
});

test("what cannot be is passed over, and what is not of the filter stays", () => {
  const query = new URLSearchParams("direction=up&outcome=x&contact=-1&from=2026-02-30&tab=1");
  const filter = readFilter(query);
  expect(isFiltered(filter)).toBe(false);
  expect(writeFilter(query, filter).toString()).toBe("tab=1");
});
