import { expect, test } from "vitest";
import { type Means, type News, type Open, shareStream } from "./together";

/** Locks as browsers have them: one holder of a name at a time, the next in order. */
function lockManager(): Means["locks"] {
  const lines = new Map<string, Promise<unknown>>();
  const request = async (name: string, { signal }: LockOptions, hold: () => Promise<void>) => {
    const before = lines.get(name) ?? Promise.resolve();
    const gone = new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve()));
    const mine = Promise.race([before, gone]).then(() => (signal?.aborted ? undefined : hold()));
    lines.set(name, Promise.all([before, mine]));
    await mine;
  };
  return { request } as unknown as Means["locks"];
}

class Page extends EventTarget {
  visibilityState: DocumentVisibilityState = "visible";
  show(state: DocumentVisibilityState) {
    this.visibilityState = state;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

const channels: BroadcastChannel[] = [];
const channel = (name: string) => {
  const made = new BroadcastChannel(name);
  channels.push(made);
  return made;
};

/** Some tabs of one browser, with the streams they hold and what they have heard. */
function browser(name: string, means: Partial<Means> = {}) {
  const locks = lockManager();
  const streams: ((news: News) => void)[] = [];
  return {
    streams,
    tab() {
      const page = new Page();
      const heard: News[] = [];
      const open: Open = (tell) => {
        streams.push(tell);
        return () => void streams.splice(streams.indexOf(tell), 1);
      };
      const use = { locks, channel, page: page as unknown as Means["page"], ...means };
      const end = shareStream(name, open, (news) => heard.push(news), use);
      return { page, heard, end };
    },
  };
}

/** Until what others do by and by is so. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

test("many tabs hold one stream, and each hears what it says", async () => {
  const { tab, streams } = browser("many");
  const tabs = Array.from({ length: 7 }, tab);
  await until(() => streams.length === 1);
  streams[0]?.({ topics: ["leads"] });
  await until(() => tabs.every(({ heard }) => heard.length === 1));
  expect(streams).toHaveLength(1);
  for (const one of tabs) one.end();
  expect(streams).toHaveLength(0);
});

test("when the tab that holds it closes another takes over", async () => {
  const { tab, streams } = browser("closing");
  const [first, second, third] = [tab(), tab(), tab()];
  await until(() => streams.length === 1);
  const held = streams[0];
  first.end();
  await until(() => streams.length === 1 && streams[0] !== held);
  streams[0]?.({ topics: ["leads"] });
  await until(() => second.heard.length === 1 && third.heard.length === 1);
  expect(first.heard).toEqual([]);
  second.end();
  third.end();
});

test("hidden tabs hold none, and whoever comes into sight asks for everything anew", async () => {
  const { tab, streams } = browser("hidden");
  const [first, second] = [tab(), tab()];
  await until(() => streams.length === 1);
  first.page.show("hidden");
  await until(() => streams.length === 1);
  second.page.show("hidden");
  await until(() => streams.length === 0);
  first.page.show("visible");
  await until(() => streams.length === 1);
  expect(first.heard).toEqual([{ topics: ["everything"] }]);
  expect(second.heard).toEqual([]);
  first.end();
  second.end();
});

test("a browser without locks has a stream for each tab in sight", () => {
  const { tab, streams } = browser("alone", { locks: undefined });
  const [first, second] = [tab(), tab()];
  expect(streams).toHaveLength(2);
  first.page.show("hidden");
  expect(streams).toHaveLength(1);
  first.end();
  second.end();
  expect(streams).toHaveLength(0);
});
