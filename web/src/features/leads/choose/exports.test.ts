import { describe, expect, it } from "vitest";
import { readFilter } from "../api";
import { exportOf } from "./exports";

const of = (query: string) => exportOf("demo", readFilter(new URLSearchParams(query)), "xlsx", "he");

describe("the file of what is shown", () => {
  it("is of everything when nothing is filtered", () => {
    expect(of("view=board&order=created")).toBe("/api/businesses/demo/leads/export?format=xlsx&language=he");
  });

  it("asks for exactly what is filtered, by the names of the API", () => {
    const query = new URL(
      of(
        "status=new&status=done&professional=4&attention=1&words= דוד &urgency=high&from=2026-11-01&to=2026-13-01",
      ),
      "http://x",
    );
    expect([...query.searchParams]).toEqual([
      ["format", "xlsx"],
      ["language", "he"],
      ["status", "new"],
      ["status", "done"],
      ["urgency", "high"],
      ["professional_id", "4"],
      ["attention", "true"],
      ["words", "דוד"],
      ["opened_from", "2026-11-01"],
    ]);
  });
});
