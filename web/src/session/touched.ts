import { useKept } from "@/lib/kept";
import { isConflict } from "@/lib/refusal";
import { same } from "@/lib/same";
import { useBusiness } from "./business";

export interface Touched<T> {
  touched: Partial<T>;
  /** What was stored when a field was first touched. */
  before: Partial<T>;
  /** The version at the first touch. */
  since: number | null;
}

/** Of what is stored without one, as whoever saves last is right. */
const NO_VERSION = 0;

export const untouched = { touched: {}, before: {}, since: null };

/** One field as it now stands: touched, or as it is stored and so touched no more. */
export function touch<T extends object, K extends keyof T>(
  now: Touched<T>,
  name: K,
  value: T[K],
  { stored, version }: { stored: T; version: number },
): Touched<T> {
  const next = { ...now.touched, [name]: value };
  if (same(value, stored[name])) delete next[name];
  if (!Object.keys(next).length) return untouched;
  const before = name in now.before ? now.before : { ...now.before, [name]: stored[name] };
  return { touched: next, before, since: now.since ?? version };
}

/** The touched fields that somebody else has changed since. */
export const overtakenOf = <T extends object>({ touched, before }: Touched<T>, stored: T) =>
  (Object.keys(touched) as (keyof T)[]).filter((name) => !same(stored[name], before[name]));

/**
 * How everything that is stored is edited: what was touched lies over it, field by field and each as a whole, and is kept
 * until it is saved or dropped. The version that is sent is the newest one at which what was touched still stood as it did
 * before the first touch: a change of other fields is no conflict, and one of the same fields is noticed and not written
 * over.
 */
export function useTouched<T extends object>(place: string, stored: T, version = NO_VERSION) {
  const { slug } = useBusiness();
  const [kept, keep] = useKept<Touched<T>>(`${slug}.${place}`, untouched);
  const overtaken = overtakenOf(kept, stored);
  return {
    values: { ...stored, ...kept.touched },
    touched: kept.touched,
    dirty: Object.keys(kept.touched).length > 0,
    change: <K extends keyof T>(name: K, value: T[K]) =>
      keep((now) => touch(now, name, value, { stored, version })),
    clear: () => keep(untouched),
    /** Whether somebody else has changed this field since it was touched. */
    isOvertaken: (name: keyof T) => overtaken.includes(name),
    /** The version to send; once a conflict has been shown, what was typed may go over the newer one. */
    versionFor: (error: unknown) =>
      isConflict(error) || !overtaken.length ? version : (kept.since ?? version),
  };
}
