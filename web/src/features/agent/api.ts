import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";
import { useBusiness } from "@/session/business";
import { useSayRefusal } from "@/ui/Refused";
import { sayUndoable } from "@/ui/toast";

export type Channel = Schemas["PromptChannel"];
export type Prompts = Schemas["Prompts"];
export type Prompt = Schemas["PromptOut"];
export type TurnLine = Schemas["TurnOut"];
export type ModelDoing = Schemas["ModelOut"];

export const CHANNELS: Channel[] = ["whatsapp", "voice"];
export const LONGEST = 8000;

export const draftOf = ({ versions }: Prompts) => versions.find((one) => one.status === "draft");
export const publishedOf = ({ versions }: Prompts) => versions.find((one) => one.status === "published");

const keyOf = (slug: string, channel: Channel) => [slug, "prompts", channel];

export function usePrompts(channel: Channel) {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: keyOf(slug, channel),
    placeholderData: undefined,
    queryFn: () =>
      told(api.GET("/api/businesses/{slug}/prompts", { params: { path: { slug }, query: { channel } } })),
  });
}

/** Every change answers with all versions as they are then; what was refused is asked for anew. */
function usePromptChange<T>(channel: Channel, change: (slug: string, value: T) => Promise<Prompts>) {
  const { slug } = useBusiness();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (value: T) => change(slug, value),
    onSuccess: (prompts) => client.setQueryData(keyOf(slug, channel), prompts),
    onError: () => client.invalidateQueries({ queryKey: keyOf(slug, channel) }),
  });
}

const putDraft = (slug: string, channel: Channel, text: string, version: number | null) =>
  told(
    api.PUT("/api/businesses/{slug}/prompts/{channel}/draft", {
      params: { path: { slug, channel } },
      body: { text, version },
    }),
  );

interface Writing {
  text: string;
  /** Of the draft that was seen; none where there was none. */
  version: number | null;
}

export const useSaveDraft = (channel: Channel) =>
  usePromptChange<Writing>(channel, (slug, { text, version }) => putDraft(slug, channel, text, version));

/** What has been written but not saved is saved on the way. */
export const usePublish = (channel: Channel) =>
  usePromptChange<Writing & { unsaved: boolean }>(channel, async (slug, { text, version, unsaved }) => {
    const seen = unsaved ? draftOf(await putDraft(slug, channel, text, version))?.version : version;
    return told(
      api.POST("/api/businesses/{slug}/prompts/{channel}/publish", {
        params: { path: { slug, channel } },
        body: { version: seen ?? null },
      }),
    );
  });

const useRollBackTo = (channel: Channel) =>
  usePromptChange<number>(channel, (slug, number) =>
    told(
      api.POST("/api/businesses/{slug}/prompts/{channel}/roll-back", {
        params: { path: { slug, channel } },
        body: { number },
      }),
    ),
  );

/** An earlier version holds again; the one that held before comes back with one click. */
export function useRollBack(channel: Channel) {
  const { t } = useTranslation();
  const sayRefusal = useSayRefusal();
  const back = useRollBackTo(channel);
  const run = (number: number, before: number | undefined, words?: string) =>
    back.mutate(number, {
      onError: sayRefusal,
      onSuccess: () => {
        const done = words ?? t("agent.prompts.saidRolledBack", { number });
        if (before !== undefined) sayUndoable(done, t("common.undo"), () => run(before, undefined));
      },
    });
  return { run, busy: back.isPending };
}

export function useTurns() {
  const { slug } = useBusiness();
  return useInfiniteQuery({
    queryKey: [slug, "turns"],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) =>
      told(
        api.GET("/api/businesses/{slug}/agent/turns", {
          params: { path: { slug }, query: { after: pageParam, limit: 30 } },
        }),
      ),
    getNextPageParam: (last) => last.after,
  });
}

const REFRESH_MS = 60_000;

export function useModels() {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "models"],
    refetchInterval: REFRESH_MS,
    queryFn: () => told(api.GET("/api/businesses/{slug}/agent/models", { params: { path: { slug } } })),
  });
}
