import { describe, expect, it } from "vitest";
import { isSameView, isWorthKeeping, viewOf } from "./views";

const of = (query: string) => viewOf(new URLSearchParams(query));

describe("saved views", () => {
  it("keep which leads and how they are shown, and nothing else of the address", () => {
    expect(of("new=1&status=new&words=דוד&tab=x&view=board")).toBe(
      new URLSearchParams({ status: "new", words: "דוד", view: "board" }).toString(),
    );
    expect(of("status=nonsense&order=-changed&view=table")).toBe("");
  });

  it("are the same in whatever order they are said", () => {
    expect(isSameView("urgency=high&status=new&status=done", "status=done&status=new&urgency=high")).toBe(
      true,
    );
    expect(isSameView("status=new&import=1", "status=new")).toBe(true);
    expect(isSameView("status=new", "status=new&view=board")).toBe(false);
    expect(isSameView("", "attention=1")).toBe(false);
  });

  it("are worth keeping when they are not everything and not kept yet", () => {
    const views = [{ query: "urgency=high&status=new" }];
    expect(isWorthKeeping("attention=1", views)).toBe(true);
    expect(isWorthKeeping("order=created", views)).toBe(true);
    expect(isWorthKeeping("status=new&urgency=high", views)).toBe(false);
    expect(isWorthKeeping("", views)).toBe(false);
    expect(isWorthKeeping("view=board", views)).toBe(false);
  });
});
