import { expect, test } from "vitest";
import { FRAME, fromUlaw, Heard, Spoken, toUlaw } from "./sound";

test.each([
  [0, 0xff],
  [1, 0x80],
  [-1, 0x00],
  [8031 / 32767, 0xa0],
])("%d is the byte that G.711 has for it", (sample, byte) => {
  expect(toUlaw(sample)).toBe(byte);
});

test("every byte comes back as itself, but that there are two of silence", () => {
  const back = Array.from({ length: 256 }, (_, byte) => toUlaw(fromUlaw(byte)));
  expect(back).toEqual(Array.from({ length: 256 }, (_, byte) => (byte === 0x7f ? 0xff : byte)));
});

test.each([8000, 44_100, 48_000])("a second at %d a second is fifty frames for the line", (rate) => {
  const spoken = new Spoken(rate);
  const tone = Float32Array.from({ length: rate }, (_, at) => Math.sin((at * 2 * Math.PI * 400) / rate) / 2);
  const frames = [spoken.take(tone.subarray(0, 1000)), spoken.take(tone.subarray(1000))].flat();
  expect(frames.length).toBeGreaterThanOrEqual(49);
  expect(frames.every((frame) => frame.length === FRAME)).toBe(true);
  const loudest = Math.max(...frames.flatMap((frame) => [...frame].map(fromUlaw)));
  expect(loudest).toBeGreaterThan(0.45);
  expect(loudest).toBeLessThan(0.55);
});

const tenth = (level: number) => new Uint8Array(800).fill(toUlaw(level));
const second = (heard: Heard) => {
  const out = new Float32Array(48_000);
  return { marks: heard.play(out), loud: out.filter((sample) => sample > 0.4).length / 48_000 };
};

test("marks are told once all before them was heard, and not before", () => {
  const heard = new Heard(48_000);
  heard.add(tenth(0.5));
  heard.add("s1");
  for (let n = 0; n < 10; n++) heard.add(tenth(0.5));
  heard.add("s2");
  const first = second(heard);
  expect(first.marks).toEqual(["s1"]);
  expect(first.loud).toBeCloseTo(1, 2);
  const then = second(heard);
  expect(then.marks).toEqual(["s2"]);
  expect(then.loud).toBeCloseTo(0.1, 2);
  expect(heard.plays).toBe(false);
});

test("what is cleared is not heard, and its marks are told", () => {
  const heard = new Heard(48_000);
  for (let n = 0; n < 20; n++) heard.add(tenth(0.5));
  heard.add("s1");
  heard.add("s2");
  second(heard);
  expect(heard.clear()).toEqual(["s1", "s2"]);
  expect(second(heard)).toMatchObject({ marks: [] });
  expect(second(heard).loud).toBe(0);
});
