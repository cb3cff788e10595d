import type { Language } from "@/lib/time";
import { askedOf, type Filter } from "../api";

export const FORMATS = ["csv", "xlsx"] as const;
type Format = (typeof FORMATS)[number];

/** Where the file of exactly these leads is, in the language of the page. */
export function exportOf(slug: string, filter: Filter, format: Format, language: Language): string {
  const query = new URLSearchParams({ format, language });
  const { order: _, ...asked } = askedOf(filter);
  for (const [name, value] of Object.entries(asked)) {
    if (Array.isArray(value)) for (const one of value) query.append(name, one);
    else if (value !== undefined) query.set(name, String(value));
  }
  return `/api/businesses/${slug}/leads/export?${query}`;
}
