import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { api, type Schemas, told } from "@/api/client";
import { useWhen } from "@/lib/clock";
import { addDays, instantOf } from "@/lib/time";
import { useBusiness } from "@/session/business";
import { type Filter, readFilter, writeFilter } from "./filter";

export type CallDetails = Schemas["CallDetails"];
export type LiveCall = Schemas["LiveCallOut"];

/** The filter of the page's address, and a way to change it. */
export function useFilter(): [Filter, (change: Partial<Filter>) => void] {
  const [query, setQuery] = useSearchParams();
  const filter = useMemo(() => readFilter(query), [query]);
  const change = (changes: Partial<Filter>) =>
    setQuery((now) => writeFilter(now, { ...readFilter(now), ...changes }), { replace: true });
  return [filter, change];
}

const PAGE = 50;

/** The calls that have ended and are wanted, the newest first, page by page. */
export function useCalls(filter: Filter) {
  const { slug } = useBusiness();
  const { zone } = useWhen();
  return useInfiniteQuery({
    queryKey: [slug, "calls", filter],
    initialPageParam: null as { before_at: string; before_id: number } | null,
    queryFn: ({ pageParam }) =>
      told(
        api.GET("/api/businesses/{slug}/calls", {
          params: {
            path: { slug },
            query: {
              direction: filter.direction ?? undefined,
              outcome: filter.outcome ?? undefined,
              live: false,
              contact_id: filter.contact ?? undefined,
              since: filter.from ? instantOf(filter.from, 0, zone).toISOString() : undefined,
              until: filter.to ? instantOf(addDays(filter.to, 1), 0, zone).toISOString() : undefined,
              limit: PAGE,
              ...pageParam,
            },
          },
        }),
      ),
    getNextPageParam: ({ calls }) => {
      const last = calls.at(-1);
      return calls.length === PAGE && last ? { before_at: last.started_at, before_id: last.id } : undefined;
    },
  });
}

/** The calls that have not ended, the longest first, with what was said in them last. */
export function useLiveCalls() {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "calls", "live"],
    queryFn: () => told(api.GET("/api/businesses/{slug}/calls/live", { params: { path: { slug } } })),
  });
}

export function useCall(callId: number) {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "call", callId],
    placeholderData: undefined,
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/calls/{call_id}", { params: { path: { slug, call_id: callId } } }),
      ),
  });
}

/** A call that is under way is led to this phone, which is rung. */
export function useTakeOver(callId: number) {
  const { slug } = useBusiness();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (phone: string) =>
      told(
        api.POST("/api/businesses/{slug}/calls/{call_id}/takeover", {
          params: { path: { slug, call_id: callId } },
          body: { phone },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: [slug, "call", callId] }),
  });
}

/** The request that came of a call. */
export function useLeadOf(leadId: number) {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "lead", leadId],
    placeholderData: undefined,
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/leads/{lead_id}", { params: { path: { slug, lead_id: leadId } } }),
      ),
  });
}
