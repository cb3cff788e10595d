import { createContext, useContext } from "react";
import type { Me } from "@/api/client";

/** Where it is kept who is signed in. */
export const ME = ["me"];

export const MeContext = createContext<Me | null>(null);

/** Who is signed in. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("nobody is signed in here");
  return me;
}
