import { describe, expect, it } from "vitest";
import { faultsOf, MOST_BYTES, meant, rowsIn, sampleOf, take } from "./imports";

const fault = (row: number, field: "phone" | "locality", value = "") => ({ row, field, code: "bad", value });

describe("importing leads", () => {
  it("gives a meaning to one column only", () => {
    expect(meant(["phone", null, "status"], 1, "phone")).toEqual([null, "phone", "status"]);
    expect(meant(["phone", null, null], 0, null)).toEqual([null, null, null]);
    expect(meant(["phone", "status"], 1, "status")).toEqual(["phone", "status"]);
  });

  it("counts a row once however much is wrong with it", () => {
    const faults = [fault(2, "phone"), fault(2, "locality"), fault(5, "phone")];
    expect(rowsIn(faults)).toBe(2);
    expect([...faultsOf(faults, 2).keys()]).toEqual(["phone", "locality"]);
    expect(faultsOf(faults, 3).size).toBe(0);
  });

  it("tells a column by the first row that says something", () => {
    const rows = [{ row: 2 }, { row: 3, locality: "חיפה" }];
    expect(sampleOf(rows, "locality")).toBe(rows[1]);
    expect(sampleOf(rows, "phone")).toBeNull();
  });

  it("takes the file into memory unless it is too large", async () => {
    const small = await take(new File(["שם,טלפון"], "leads.csv"));
    expect(small).toMatchObject({ name: "leads.csv" });
    const large = new File([new Uint8Array(MOST_BYTES + 1)], "large.csv");
    expect(await take(large)).toBe("tooLarge");
  });
});
