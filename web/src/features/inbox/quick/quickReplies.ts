import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Schemas, told } from "@/api/client";
import { useWhen } from "@/lib/clock";
import { useBusiness } from "@/session/business";

export type QuickReply = Schemas["QuickReplyOut"];
/** One of the business's own, which can be changed. */
export type OwnReply = QuickReply & { id: number; version: number };
type Change = Omit<Schemas["QuickReplyEdit"], "version">;

export const isOwn = (reply: QuickReply): reply is OwnReply => reply.id !== null && reply.version !== null;

export function useQuickReplies() {
  const { slug } = useBusiness();
  const { language } = useWhen();
  return useQuery({
    queryKey: [slug, "quick-replies", language],
    staleTime: 60_000,
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/quick-replies", { params: { path: { slug }, query: { language } } }),
      ),
  });
}

/** Which positions change for one reply to stand a step higher or lower; all are counted anew, as two may be equal. */
export function stepped<T extends Pick<OwnReply, "id" | "position">>(
  replies: T[],
  id: number,
  step: -1 | 1,
): { reply: T; position: number }[] {
  const from = replies.findIndex((reply) => reply.id === id);
  const to = from + step;
  const [moved, other] = [replies[from], replies[to]];
  if (!moved || !other) return [];
  const next = [...replies];
  next[to] = moved;
  next[from] = other;
  return next
    .map((reply, position) => ({ reply, position }))
    .filter(({ reply, position }) => reply.position !== position);
}

export function useChangeQuickReplies() {
  const { slug } = useBusiness();
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: [slug, "quick-replies"] });
  const at = (id: number) => ({ params: { path: { slug, reply_id: id } } });
  const add = async (body: Schemas["NewQuickReply"]) =>
    told(api.POST("/api/businesses/{slug}/quick-replies", { params: { path: { slug } }, body }));
  const edit = async (id: number, version: number, change: Change) =>
    told(
      api.PATCH("/api/businesses/{slug}/quick-replies/{reply_id}", {
        ...at(id),
        body: { ...change, version },
      }),
    );

  /** Those given become the business's own, in their order. */
  const adopt = useMutation({
    networkMode: "always",
    mutationFn: async (replies: Schemas["NewQuickReply"][]) => {
      for (const { title, text, language } of replies) await add({ title, text, language });
    },
    onSettled,
  });
  const change = useMutation({
    networkMode: "always",
    mutationFn: ({ id, version, ...words }: Change & { id: number; version: number }) =>
      edit(id, version, words),
    onSettled,
  });
  const move = useMutation({
    networkMode: "always",
    mutationFn: async (moves: { reply: OwnReply; position: number }[]) => {
      for (const { reply, position } of moves) await edit(reply.id, reply.version, { position });
    },
    onSettled,
  });
  const remove = useMutation({
    networkMode: "always",
    mutationFn: (reply: OwnReply) =>
      told(api.DELETE("/api/businesses/{slug}/quick-replies/{reply_id}", at(reply.id))),
    onSettled,
  });
  /** One that was deleted, where it stood. */
  const restore = useMutation({
    networkMode: "always",
    mutationFn: async ({ title, text, language, position }: OwnReply) => {
      const made = await add({ title, text, language });
      if (isOwn(made)) await edit(made.id, made.version, { position });
    },
    onSettled,
  });
  return { adopt, change, move, remove, restore };
}
