import { useQuery } from "@tanstack/react-query";
import { api, type Schemas, told } from "@/api/client";
import { useBusiness } from "@/session/business";

export type NeedWord = Schemas["NeedWord"];

/** What requests of this kind of business may tell beyond the common fields. */
export function useNeeds() {
  const { playbook: name } = useBusiness();
  return useQuery({
    queryKey: ["needs", name],
    queryFn: () => told(api.GET("/api/playbooks/{name}/needs", { params: { path: { name } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
