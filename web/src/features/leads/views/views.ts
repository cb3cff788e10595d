import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Schemas, told } from "@/api/client";
import { useBusiness } from "@/session/business";
import { readFilter, writeFilter } from "../api";

export type SavedView = Schemas["ViewOut"];

/** What a view keeps of the page's address: which leads, in which order, and whether on the board. */
export function viewOf(query: URLSearchParams): string {
  const kept = writeFilter(new URLSearchParams(), readFilter(query));
  if (query.get("view") === "board") kept.set("view", "board");
  return kept.toString();
}

/** Whether both show the same, in whatever order they say it. */
export function isSameView(one: string, other: string): boolean {
  const said = (query: string) =>
    [...new URLSearchParams(viewOf(new URLSearchParams(query)))].map(String).sort();
  return said(one).join("&") === said(other).join("&");
}

/** Whether there is something to keep that no view keeps yet. */
export const isWorthKeeping = (present: string, views: Pick<SavedView, "query">[]) =>
  !["", "view=board", ...views.map(({ query }) => query)].some((query) => isSameView(query, present));

export function useViews() {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "views"],
    queryFn: () => told(api.GET("/api/businesses/{slug}/views", { params: { path: { slug } } })),
  });
}

type Change = Omit<Schemas["ViewEdit"], "version">;

export function useChangeViews() {
  const { slug } = useBusiness();
  const client = useQueryClient();
  const onSettled = () => void client.invalidateQueries({ queryKey: [slug, "views"] });
  const at = (view: Pick<SavedView, "id">) => ({ params: { path: { slug, view_id: view.id } } });
  const add = useMutation({
    networkMode: "always",
    mutationFn: (body: Schemas["NewView"]) =>
      told(api.POST("/api/businesses/{slug}/views", { params: { path: { slug } }, body })),
    onSettled,
  });
  const edit = useMutation({
    networkMode: "always",
    mutationFn: ({ view, ...change }: Change & { view: SavedView }) =>
      told(
        api.PATCH("/api/businesses/{slug}/views/{view_id}", {
          ...at(view),
          body: { ...change, version: view.version },
        }),
      ),
    onSettled,
  });
  const remove = useMutation({
    networkMode: "always",
    mutationFn: (view: SavedView) => told(api.DELETE("/api/businesses/{slug}/views/{view_id}", at(view))),
    onSettled,
  });
  /** A view that was deleted, where it stood. */
  const restore = async ({ name, query, shared, position }: SavedView) => {
    const view = await add.mutateAsync({ name, query, shared });
    await edit.mutateAsync({ view, position });
  };
  return { add, edit, remove, restore };
}
