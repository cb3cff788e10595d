import { useState } from "react";
import { recallMine, rememberMine } from "@/lib/store";
import { useBusiness } from "@/session/business";
import { draftOf, type Prompts, publishedOf } from "./api";

/** What was typed in this browser, and which text it was typed over. */
interface Kept {
  text: string;
  over: string;
}

interface Base {
  text: string;
  /** Names the text: a version of the draft, or what is published where there is no draft. */
  name: string;
  version: number | null;
}

function baseOf(prompts: Prompts): Base {
  const [draft, published] = [draftOf(prompts), publishedOf(prompts)];
  if (draft)
    return { text: draft.text, name: `draft:${draft.number}:${draft.version}`, version: draft.version };
  return { text: published?.text ?? "", name: `published:${published?.number ?? 0}`, version: null };
}

export const isSame = (one: string, other: string) => one.trim() === other.trim();

function read(place: string): Kept | null {
  try {
    const kept = JSON.parse(recallMine(place) || "null") as Partial<Kept> | null;
    return typeof kept?.text === "string" && typeof kept.over === "string" ? (kept as Kept) : null;
  } catch {
    return null;
  }
}

/** The text being written: kept in this browser until it is saved, so that nothing typed is ever lost. */
export function useDraft(prompts: Prompts) {
  const { slug } = useBusiness();
  const place = `prompt.${slug}.${prompts.channel}`;
  const [kept, setKept] = useState(() => read(place));
  const base = baseOf(prompts);
  const unsaved = kept !== null && !isSame(kept.text, base.text);

  const keep = (next: Kept | null) => {
    setKept(next);
    rememberMine(place, next ? JSON.stringify(next) : "");
  };
  return {
    base,
    text: kept?.text ?? base.text,
    unsaved,
    /** Somebody has changed what this was typed over. */
    overtaken: unsaved && kept.over !== base.name,
    write: (text: string) => keep({ text, over: unsaved ? kept.over : base.name }),
    /** The text on the server is the one that is shown. */
    drop: () => keep(null),
    /** That much has been saved, as `now` has it; what was typed since is typed over that. */
    saved: (text: string, now: Prompts) =>
      setKept((typed) => {
        const next = typed && typed.text !== text ? { text: typed.text, over: baseOf(now).name } : null;
        rememberMine(place, next ? JSON.stringify(next) : "");
        return next;
      }),
    /** Whoever writes on has seen the text on the server. */
    writeOver: (text: string) => keep({ text, over: base.name }),
  };
}

export type Draft = ReturnType<typeof useDraft>;
