import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { api, type Schemas, told } from "@/api/client";
import type { Refusal } from "@/lib/refusal";

export type Visit = Schemas["PublicVisit"];
export type FreeTime = Schemas["FreeTime"];

const keyOf = (token: string) => ["visit", token];

/** The visit of a link. Nobody is signed in here: the link is all there is. */
export function useVisit(token: string) {
  return useQuery<Visit, Refusal>({
    queryKey: keyOf(token),
    placeholderData: undefined,
    queryFn: () => told(api.GET("/api/public/visits/{token}", { params: { path: { token } } })),
  });
}

export function useTimes(token: string) {
  return useQuery({
    queryKey: [...keyOf(token), "times"],
    placeholderData: undefined,
    staleTime: 0,
    queryFn: () => told(api.GET("/api/public/visits/{token}/times", { params: { path: { token } } })),
  });
}

/** Something done to the visit; the page shows what it came to, under the link that is good from then on. */
function useAct<T>(token: string, act: (value: T) => Promise<Visit>) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation<Visit, Refusal, T>({
    mutationFn: act,
    onSuccess: (visit) => {
      client.setQueryData(keyOf(token), visit);
      client.setQueryData(keyOf(visit.token), visit);
      if (visit.token !== token) void navigate(`/visit/${visit.token}`, { replace: true });
    },
    onError: (error) => {
      // What was refused tells that the visit is no longer as it is shown.
      if (error.status) void client.invalidateQueries({ queryKey: keyOf(token) });
    },
  });
}

export const useConfirm = (token: string) =>
  useAct<void>(token, () =>
    told(api.POST("/api/public/visits/{token}/confirm", { params: { path: { token } } })),
  );

export const useCancel = (token: string) =>
  useAct<string>(token, (reason) =>
    told(api.POST("/api/public/visits/{token}/cancel", { params: { path: { token } }, body: { reason } })),
  );

export const useMove = (token: string) =>
  useAct<string>(token, (starts_at) =>
    told(api.POST("/api/public/visits/{token}/move", { params: { path: { token } }, body: { starts_at } })),
  );

export const useRate = (token: string) =>
  useAct<Schemas["Score"]>(token, (body) =>
    told(api.POST("/api/public/visits/{token}/rate", { params: { path: { token } }, body })),
  );
