import { useQuery } from "@tanstack/react-query";
import { api, type Schemas, told } from "@/api/client";

export type NeedWord = Schemas["NeedWord"];

/** What requests of one kind of business may tell beyond the common fields. */
export const useNeeds = (playbook: string) =>
  useQuery({
    queryKey: ["needs", playbook],
    queryFn: () => told(api.GET("/api/playbooks/{name}/needs", { params: { path: { name: playbook } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
