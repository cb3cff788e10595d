import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { api, type Schemas, told } from "@/api/client";
import { STATUSES } from "@/domain/stages";
import { isDate } from "@/lib/time";
import { useBusiness } from "@/session/business";

export type Lead = Schemas["LeadOut"];
export type LeadDetail = Schemas["LeadWithTimeline"];
export type LeadStatus = Schemas["LeadStatus"];
type Edit = Omit<Schemas["LeadEdit"], "version">;
export type Dispatch = Schemas["DispatchOut"];
export type Task = Schemas["TaskOut"];

export const URGENCIES = ["low", "normal", "high", "emergency"] as const;
export type Urgency = (typeof URGENCIES)[number];
const ORDERS = ["-changed", "-created", "created"] as const;
export type Order = (typeof ORDERS)[number];

/** Which leads: all of it in the address, so that a link shows the same. */
export interface Filter {
  status: LeadStatus[];
  trade: string | null;
  urgency: Urgency | null;
  professional_id: number | null;
  attention: boolean;
  words: string;
  /** Days on which the lead was opened, both included. */
  from: string | null;
  to: string | null;
  order: Order;
}

const one = <T extends string>(value: string | null, of: readonly T[]): T | null =>
  of.find((known) => known === value) ?? null;

const day = (value: string | null) => (isDate(value) ? value : null);

export function readFilter(query: URLSearchParams): Filter {
  return {
    status: query.getAll("status").flatMap((value) => one(value, STATUSES) ?? []),
    trade: query.get("trade"),
    urgency: one(query.get("urgency"), URGENCIES),
    professional_id: Number(query.get("professional")) || null,
    attention: query.get("attention") === "1",
    words: query.get("words") ?? "",
    from: day(query.get("from")),
    to: day(query.get("to")),
    order: one(query.get("order"), ORDERS) ?? "-changed",
  };
}

export function writeFilter(query: URLSearchParams, filter: Filter): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const name of [
    "status",
    "trade",
    "urgency",
    "professional",
    "attention",
    "words",
    "from",
    "to",
    "order",
  ])
    next.delete(name);
  for (const status of filter.status) next.append("status", status);
  if (filter.trade) next.set("trade", filter.trade);
  if (filter.urgency) next.set("urgency", filter.urgency);
  if (filter.professional_id) next.set("professional", String(filter.professional_id));
  if (filter.attention) next.set("attention", "1");
  if (filter.words) next.set("words", filter.words);
  if (filter.from) next.set("from", filter.from);
  if (filter.to) next.set("to", filter.to);
  if (filter.order !== "-changed") next.set("order", filter.order);
  return next;
}

export const isFiltered = (filter: Filter) =>
  writeFilter(new URLSearchParams(), { ...filter, order: "-changed" }).size > 0;

export function useFilter(): [Filter, (change: Partial<Filter>) => void] {
  const [query, setQuery] = useSearchParams();
  const filter = useMemo(() => readFilter(query), [query]);
  const change = (changes: Partial<Filter>) =>
    setQuery((now) => writeFilter(now, { ...readFilter(now), ...changes }), { replace: true });
  return [filter, change];
}

/** What the filter is for the API; names are those of its query. */
export function askedOf(filter: Filter) {
  return {
    status: filter.status.length ? filter.status : undefined,
    trade: filter.trade ?? undefined,
    urgency: filter.urgency ?? undefined,
    professional_id: filter.professional_id ?? undefined,
    attention: filter.attention || undefined,
    words: filter.words.trim() || undefined,
    opened_from: filter.from ?? undefined,
    opened_to: filter.to ?? undefined,
    order: filter.order,
  };
}

const PAGE = 60;

export function useLeads(filter: Filter, { limit = PAGE, enabled = true } = {}) {
  const { slug } = useBusiness();
  return useInfiniteQuery({
    queryKey: [slug, "leads", filter, limit],
    enabled,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      told(
        api.GET("/api/businesses/{slug}/leads", {
          params: { path: { slug }, query: { ...askedOf(filter), limit, after: pageParam } },
        }),
      ),
    getNextPageParam: (last) => last.after,
  });
}

const BOARD_PAGE = 40;
const BOARD_MOST = 200;

/** The board in one answer: of each status the newest leads, and whether there are more of them. */
export function useBoard({ status: _, order: __, ...filter }: Filter, pages: number) {
  const { slug } = useBusiness();
  const limit = Math.min(BOARD_MOST, BOARD_PAGE * pages);
  return useQuery({
    queryKey: [slug, "leads", "board", filter, limit],
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const {
        status: _status,
        order: _order,
        ...query
      } = askedOf({ ...filter, status: [], order: "-changed" });
      const board = await told(
        api.GET("/api/businesses/{slug}/leads/board", {
          params: { path: { slug }, query: { ...query, limit } },
        }),
      );
      const more = STATUSES.filter((status) => board[status]?.after && limit < BOARD_MOST);
      return { pages: Object.values(board), more: new Set<LeadStatus>(more) };
    },
  });
}

export function useLead(leadId: number) {
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

export function useDispatch(leadId: number) {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "lead", leadId, "dispatch"],
    placeholderData: undefined,
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/leads/{lead_id}/dispatch", {
          params: { path: { slug, lead_id: leadId } },
        }),
      ),
  });
}

export function useLeadTasks(leadId: number) {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "lead", leadId, "tasks"],
    placeholderData: undefined,
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/leads/{lead_id}/tasks", {
          params: { path: { slug, lead_id: leadId } },
        }),
      ),
  });
}

/** After a change of a lead, its lists and pages are asked for anew. */
export function useLeadsChanged(): (leadId?: number) => void {
  const { slug } = useBusiness();
  const client = useQueryClient();
  return (leadId) => {
    void client.invalidateQueries({ queryKey: [slug, "leads"] });
    if (leadId !== undefined) void client.invalidateQueries({ queryKey: [slug, "lead", leadId] });
  };
}

export function useEditLead(leadId: number) {
  const { slug } = useBusiness();
  const client = useQueryClient();
  const changed = useLeadsChanged();
  return useMutation({
    mutationFn: ({ version, ...edit }: Edit & { version: number }) =>
      told(
        api.PATCH("/api/businesses/{slug}/leads/{lead_id}", {
          params: { path: { slug, lead_id: leadId } },
          body: { ...edit, version },
        }),
      ),
    onSuccess: (lead) => client.setQueryData([slug, "lead", leadId], lead),
    onSettled: () => changed(leadId),
  });
}

interface Placing {
  lead: Pick<Lead, "id" | "version">;
  status: LeadStatus;
  stageId: number | null;
}

type Pages = InfiniteData<Schemas["LeadPage"]>;

/** The card moves at once; when the server refuses, it moves back. */
export function usePlaceLead() {
  const { slug } = useBusiness();
  const client = useQueryClient();
  const changed = useLeadsChanged();
  return useMutation({
    mutationFn: ({ lead, status, stageId }: Placing) =>
      told(
        api.POST("/api/businesses/{slug}/leads/{lead_id}/place", {
          params: { path: { slug, lead_id: lead.id } },
          body: { version: lead.version, status, stage_id: stageId },
        }),
      ),
    onMutate: async ({ lead, status, stageId }) => {
      await client.cancelQueries({ queryKey: [slug, "leads"] });
      const before = client.getQueriesData<Pages>({ queryKey: [slug, "leads"] });
      client.setQueriesData<Pages>({ queryKey: [slug, "leads"] }, (data) =>
        moved(data, lead.id, status, stageId),
      );
      return { before };
    },
    onError: (_error, _placing, context) => {
      for (const [key, data] of context?.before ?? []) client.setQueryData(key, data);
    },
    onSettled: (_data, _error, { lead }) => changed(lead.id),
  });
}

function moved(data: Pages | undefined, leadId: number, status: LeadStatus, stageId: number | null) {
  if (!data?.pages) return data;
  const pages = data.pages.map((page) => ({
    ...page,
    leads: page.leads.map((lead) => (lead.id === leadId ? { ...lead, status, stage_id: stageId } : lead)),
  }));
  return { ...data, pages };
}

/** Something done to a lead with an answer nobody needs to see but in its page. */
export function useLeadAction<T>(leadId: number, act: (slug: string, value: T) => Promise<unknown>) {
  const { slug } = useBusiness();
  const changed = useLeadsChanged();
  return useMutation({ mutationFn: (value: T) => act(slug, value), onSettled: () => changed(leadId) });
}
