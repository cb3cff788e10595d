import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { refresh } from "./client";
import { type Open, shareStream } from "./together";

type Link = "live" | "lost";

let link: Link = "live";
const listeners = new Set<() => void>();

function setLink(next: Link): void {
  if (next === link) return;
  link = next;
  for (const listener of listeners) listener();
}

/** Whether the page hears of changes; shown to whoever looks at it. */
export const useLink = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => link,
  );

/** Which queries a change of each kind makes stale, by the first words of their keys after the business. */
const TOUCHED: Record<string, string[]> = {
  leads: ["leads", "lead", "today", "phone", "reports", "tasks", "replanning"],
  conversations: ["conversations", "thread", "today", "phone", "turns", "call"],
  calls: ["calls", "call"],
  bookings: ["calendar", "lead", "today", "my-day", "reports", "replanning"],
  professionals: ["professionals", "calendar", "replanning"],
  stages: ["stages"],
  prompts: ["prompts"],
  channels: ["channels"],
};

const RETRY_MS = [1000, 2000, 5000, 10_000];

function invalidate(client: QueryClient, business: string, topics: Set<string>): void {
  if (topics.has("everything")) {
    void client.invalidateQueries({ queryKey: [business] });
    return;
  }
  const names = new Set([...topics].flatMap((topic) => TOUCHED[topic] ?? []));
  for (const name of names) void client.invalidateQueries({ queryKey: [business, name] });
}

/** Opens the stream of a business, again and again while it is wanted. */
const streamOf =
  (business: string, onNobody: () => void): Open =>
  (tell) => {
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let tries = 0;
    let closed = false;

    const open = () => {
      source = new EventSource(`/api/businesses/${business}/events`);
      source.addEventListener("change", (event: MessageEvent<string>) => {
        tries = 0;
        tell({ link: "live" });
        const changes = JSON.parse(event.data) as { topic: string }[];
        tell({ topics: changes.map(({ topic }) => topic) });
      });
      source.onerror = () => {
        source?.close();
        if (closed) return;
        if (tries > 0 || !navigator.onLine) tell({ link: "lost" });
        const wait = RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)];
        timer = setTimeout(() => void openAgain(), wait);
      };
    };
    /** Whoever is signed out goes to the sign-in page; who is no member any more is seen by asking who one is. */
    const openAgain = async () => {
      const renewed = await refresh().catch(() => null);
      if (renewed === false || closed) return;
      if (renewed && tries > 1) onNobody();
      open();
    };
    const lost = () => tell({ link: "lost" });
    const back = () => {
      clearTimeout(timer);
      source?.close();
      open();
    };
    open();
    window.addEventListener("offline", lost);
    window.addEventListener("online", back);
    return () => {
      closed = true;
      clearTimeout(timer);
      source?.close();
      window.removeEventListener("offline", lost);
      window.removeEventListener("online", back);
    };
  };

/** While mounted, what changes in the business is asked for anew. Off for those who may not hear of all of it. */
export function useLiveUpdates(business: string, userId: number, on: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!on) return;
    const stream = streamOf(business, () => void client.invalidateQueries({ queryKey: ["me"] }));
    return shareStream(`proli.events.${userId}.${business}`, stream, (news) => {
      if ("link" in news) setLink(news.link);
      else invalidate(client, business, new Set(news.topics));
    });
  }, [business, client, on, userId]);
}
