import { beforeEach, expect, test, vi } from "vitest";
import { draftName, keepUnsent, listUnsent } from "@/features/inbox/unsent";
import { readKept, writeKept } from "@/lib/kept";
import { belongTo, forgetAll, recall, recallMine, remember, rememberMine } from "@/lib/store";

function shelf(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}

beforeEach(() => {
  vi.stubGlobal("localStorage", shelf());
  vi.stubGlobal("sessionStorage", shelf());
  belongTo(1);
});

/** Everything that is kept of what people type: how it is kept, and what is found of it. */
const STORES = {
  "words of a message": {
    keep: () => rememberMine(draftName(7), "שלום"),
    found: () => Boolean(recallMine(draftName(7))),
  },
  "what is not known to have arrived": {
    keep: () => keepUnsent(7, { text: "שלום", key: "k" }),
    found: () => listUnsent(7).length > 0,
  },
  "the text of the agent": {
    keep: () => rememberMine("prompt.moran.whatsapp", "{}"),
    found: () => Boolean(recallMine("prompt.moran.whatsapp")),
  },
  "what is typed into forms": {
    keep: () => writeKept("note.5", "הערה", ""),
    found: () => readKept("note.5", "") !== "",
  },
};

test.each(Object.entries(STORES))(
  "%s: nobody else is shown it, and it is there again",
  (_, { keep, found }) => {
    keep();
    expect(found()).toBe(true);
    belongTo(2);
    expect(found()).toBe(false);
    belongTo(1);
    expect(found()).toBe(true);
  },
);

test.each(Object.entries(STORES))(
  "%s: nothing of it is left once somebody signs out",
  (_, { keep, found }) => {
    keep();
    belongTo(2);
    keep();
    forgetAll();
    expect(found()).toBe(false);
    belongTo(1);
    expect(found()).toBe(false);
    expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);
  },
);

test("what older pages kept without saying whose it is goes as well, and what is the browser's own stays", () => {
  remember("words.7", "של מישהו");
  remember("theme", "dark");
  remember("language", "en");
  forgetAll();
  expect([recall("words.7"), recall("theme"), recall("language")]).toEqual([null, "dark", "en"]);
});
