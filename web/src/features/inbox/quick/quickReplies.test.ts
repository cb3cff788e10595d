import { describe, expect, it } from "vitest";
import { stepped } from "./quickReplies";

const positions = (moves: ReturnType<typeof stepped>) =>
  moves.map(({ reply, position }) => [reply.id, position]);
const replies = [
  { id: 10, position: 0 },
  { id: 20, position: 1 },
  { id: 30, position: 2 },
];

describe("the order of quick replies", () => {
  it("changes for two when one takes a step", () => {
    expect(positions(stepped(replies, 20, -1))).toEqual([
      [20, 0],
      [10, 1],
    ]);
    expect(positions(stepped(replies, 20, 1))).toEqual([
      [30, 1],
      [20, 2],
    ]);
  });

  it("does not go beyond the ends", () => {
    expect(stepped(replies, 10, -1)).toEqual([]);
    expect(stepped(replies, 30, 1)).toEqual([]);
    expect(stepped(replies, 99, 1)).toEqual([]);
  });

  it("comes right where gaps or equals are left", () => {
    const uneven = [
      { id: 10, position: 0 },
      { id: 20, position: 4 },
      { id: 30, position: 4 },
    ];
    expect(positions(stepped(uneven, 30, -1))).toEqual([
      [30, 1],
      [20, 2],
    ]);
  });
});
