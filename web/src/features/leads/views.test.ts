import { describe, expect, it } from "vitest";
import { isSameView, viewOf } from "./views";

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
});
