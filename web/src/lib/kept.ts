import { useState } from "react";

const PREFIX = "proli.kept.";

function read<T>(place: string, empty: T): T {
  try {
    const stored = sessionStorage.getItem(PREFIX + place);
    return stored === null ? empty : (JSON.parse(stored) as T);
  } catch {
    return empty;
  }
}

function write<T>(place: string, value: T, empty: T): void {
  try {
    const said = JSON.stringify(value);
    if (said === JSON.stringify(empty)) sessionStorage.removeItem(PREFIX + place);
    else sessionStorage.setItem(PREFIX + place, said);
  } catch {
    // Private windows may refuse; what is typed then lasts as long as the form.
  }
}

/**
 * What is being typed somewhere: closing the panel, opening another part of it, or having to sign in again loses
 * nothing of it. It is kept for this tab alone, and forgotten once it is `empty` again.
 */
export function useKept<T>(place: string, empty: T): [T, (next: T | ((now: T) => T)) => void] {
  const [value, setValue] = useState(() => read(place, empty));
  const keep = (next: T | ((now: T) => T)) =>
    setValue((now) => {
      const known = typeof next === "function" ? (next as (now: T) => T)(now) : next;
      write(place, known, empty);
      return known;
    });
  return [value, keep];
}

/** Nothing that was typed is left for whoever uses this tab next. */
export function forgetKept(): void {
  try {
    for (const name of Object.keys(sessionStorage)) {
      if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
    }
  } catch {
    // Nothing was kept where nothing can be.
  }
}
