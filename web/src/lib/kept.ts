import { useState } from "react";
import { nameOfMine } from "./store";

const nameOf = (place: string) => `proli.kept.${nameOfMine(place)}`;

export function readKept<T>(place: string, empty: T): T {
  try {
    const stored = sessionStorage.getItem(nameOf(place));
    return stored === null ? empty : (JSON.parse(stored) as T);
  } catch {
    return empty;
  }
}

export function writeKept<T>(place: string, value: T, empty: T): void {
  try {
    const said = JSON.stringify(value);
    if (said === JSON.stringify(empty)) sessionStorage.removeItem(nameOf(place));
    else sessionStorage.setItem(nameOf(place), said);
  } catch {
    // Private windows may refuse; what is typed then lasts as long as the form.
  }
}

/**
 * What is being typed somewhere: closing the panel, opening another part of it, or having to sign in again loses
 * nothing of it. It is kept for this tab and this user alone, and forgotten once it is `empty` again.
 */
export function useKept<T>(place: string, empty: T): [T, (next: T | ((now: T) => T)) => void] {
  const [value, setValue] = useState(() => readKept(place, empty));
  const keep = (next: T | ((now: T) => T)) =>
    setValue((now) => {
      const known = typeof next === "function" ? (next as (now: T) => T)(now) : next;
      writeKept(place, known, empty);
      return known;
    });
  return [value, keep];
}
