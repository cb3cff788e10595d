import { expect, it } from "vitest";
import { withLinks } from "./Said";

const links = (words: string) => withLinks(words).flatMap(({ href }) => (href ? [href] : []));

it("finds the addresses that people write, without the end of their sentence", () => {
  expect(withLinks("ראו https://proli.example/visit/a?b=1&c=2. תודה")).toEqual([
    { text: "ראו ", href: null },
    { text: "https://proli.example/visit/a?b=1&c=2", href: "https://proli.example/visit/a?b=1&c=2" },
    { text: ". תודה", href: null },
  ]);
  expect(links("(http://a.example/x) ו־HTTPS://B.example/y!")).toEqual([
    "http://a.example/x",
    "https://b.example/y",
  ]);
});

it("makes nothing else a link", () => {
  for (const words of [
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "https://",
    "a@b.example",
    "",
  ])
    expect(links(words)).toEqual([]);
  expect(links('https://a.example/"onmouseover="x')).toEqual(["https://a.example/"]);
});

it("says every word exactly once", () => {
  const words = "א https://a.example/1, https://b.example/2) ב";
  expect(
    withLinks(words)
      .map(({ text }) => text)
      .join(""),
  ).toBe(words);
});
