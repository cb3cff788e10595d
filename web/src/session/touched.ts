import { useKept } from "@/lib/kept";
import { isConflict } from "@/lib/refusal";
import { useBusiness } from "./business";

interface Kept<T> {
  touched: Partial<T>;
  /** What was stored when a field was first touched. */
  before: Partial<T>;
  /** The version at the first touch. */
  since: number | null;
}

/**
 * What was touched, over what is stored; values are compared as they are. The version that is sent is the newest one at
 * which what was touched still stood as it did before the first touch: a change of other fields is no conflict, and one
 * of the same fields is noticed and not written over.
 */
export function useTouched<T extends object>(place: string, stored: T, version: number) {
  const { slug } = useBusiness();
  const [{ touched, before, since }, keep] = useKept<Kept<T>>(`${slug}.${place}`, {
    touched: {},
    before: {},
    since: null,
  });
  const names = Object.keys(touched) as (keyof T)[];
  const overtaken = names.filter((name) => stored[name] !== before[name]);

  const change = <K extends keyof T>(name: K, value: T[K]) =>
    keep((now) => {
      const next = { ...now.touched, [name]: value };
      if (value === stored[name]) delete next[name];
      if (!Object.keys(next).length) return { touched: {}, before: {}, since: null };
      const first = name in now.before ? now.before : { ...now.before, [name]: stored[name] };
      return { touched: next, before: first, since: now.since ?? version };
    });
  return {
    values: { ...stored, ...touched },
    touched,
    dirty: names.length > 0,
    change,
    clear: () => keep({ touched: {}, before: {}, since: null }),
    /** Whether somebody else has changed this field since it was touched. */
    isOvertaken: (name: keyof T) => overtaken.includes(name),
    /** The version to send; once a conflict has been shown, what was typed may go over the newer one. */
    versionFor: (error: unknown) => (isConflict(error) || !overtaken.length ? version : (since ?? version)),
  };
}
