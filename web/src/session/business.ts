import { createContext, useContext } from "react";
import type { Schemas } from "@/api/client";
import { useMe } from "./me";

type Place = Schemas["Place"];
type Role = Schemas["Role"];

export const PlaceContext = createContext<Place | null>(null);

/** The business of the page. */
export function useBusiness(): Place {
  const place = useContext(PlaceContext);
  if (!place) throw new Error("this page is of no business");
  return place;
}

/** What the business's kind says to its pages. */
export function usePlaybook(): Schemas["PlaybookOut"] {
  const { playbook } = useBusiness();
  const found = useMe().playbooks.find(({ id }) => id === playbook);
  if (!found) throw new Error(`nothing is known of businesses of the kind ${playbook}`);
  return found;
}

/** Whether the person may do here what `needed` may. The server decides; this only hides what it would refuse. */
export function useMay(needed: Exclude<Role, "professional">): boolean {
  return useBusiness().may.includes(needed);
}
