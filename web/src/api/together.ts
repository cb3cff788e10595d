/** What one tab tells the others of a business: whether changes are heard of, and which there were. */
export type News = { link: "live" | "lost" } | { topics: string[] };

const EVERYTHING: News = { topics: ["everything"] };

/** Opens the stream; what it says is told; returns what closes it. */
export type Open = (tell: (news: News) => void) => () => void;

/** What a browser has for it; each may be missing, and a tab without them has a stream of its own. */
export interface Means {
  locks: Pick<LockManager, "request"> | undefined;
  channel: ((name: string) => BroadcastChannel) | undefined;
  page: Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">;
}

const ours = (): Means => ({
  locks: globalThis.navigator?.locks,
  channel: typeof BroadcastChannel === "undefined" ? undefined : (name) => new BroadcastChannel(name),
  page: document,
});

/**
 * One stream for all tabs of this browser that say the same name: a tab that is seen holds it and tells the others,
 * another takes over when that one closes or is hidden, and with no tab in sight there is none. A tab that comes into
 * sight again may have missed something. Returns what ends it.
 */
export function shareStream(
  name: string,
  open: Open,
  heard: (news: News) => void,
  { locks, channel, page }: Means = ours(),
): () => void {
  const others = locks ? channel?.(name) : undefined;
  if (others) others.onmessage = (event: MessageEvent<News>) => heard(event.data);
  let ended: AbortController | null = null;

  const hold = (until: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (until.aborted) return resolve();
      const close = open((news) => {
        if (until.aborted) return;
        heard(news);
        others?.postMessage(news);
      });
      until.addEventListener("abort", () => {
        close();
        resolve();
      });
    });
  const take = () => {
    ended = new AbortController();
    const until = ended.signal;
    if (locks && others)
      void locks.request(name, { signal: until }, () => hold(until)).catch(() => undefined);
    else void hold(until);
  };
  const leave = () => {
    ended?.abort();
    ended = null;
  };
  const look = () => {
    const seen = page.visibilityState === "visible";
    if (!seen) leave();
    else if (!ended) {
      heard(EVERYTHING);
      take();
    }
  };
  if (page.visibilityState === "visible") take();
  page.addEventListener("visibilitychange", look);
  return () => {
    page.removeEventListener("visibilitychange", look);
    leave();
    others?.close();
  };
}
