import { useSearchParams } from "react-router";

/** What stands in the page's address after the question mark, and a way to put there what is chosen, or take it out. */
export function useAddress() {
  const [query, setQuery] = useSearchParams();
  const put = (changes: Record<string, string | number | null>) =>
    setQuery(
      (now) => {
        const next = new URLSearchParams(now);
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, String(value));
          else next.delete(name);
        }
        return next;
      },
      { replace: true },
    );
  return [query, put] as const;
}
