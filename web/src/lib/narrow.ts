import { useSyncExternalStore } from "react";

const PHONE = "(max-width: 639px)";
const never = () => () => undefined;

function watch(change: () => void): () => void {
  const query = matchMedia(PHONE);
  query.addEventListener("change", change);
  return () => query.removeEventListener("change", change);
}

/** Whether the page is as narrow as a phone. */
export const useNarrow = () =>
  useSyncExternalStore(typeof matchMedia === "function" ? watch : never, () =>
    typeof matchMedia === "function" ? matchMedia(PHONE).matches : false,
  );
