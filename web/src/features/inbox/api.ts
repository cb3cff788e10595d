import {
  type InfiniteData,
  onlineManager,
  useInfiniteQuery,
  useMutation,
  useMutationState,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, type Schemas, told } from "@/api/client";
import { mayPass } from "@/lib/refusal";
import { useBusiness } from "@/session/business";
import { dropUnsent, keepUnsent, type Saying } from "./unsent";

export type Conversation = Schemas["ConversationOut"];
export type Message = Schemas["MessageOut"];
type Thread = Schemas["Thread"];
export const STATES = ["all", "unanswered", "human", "ai"] as const;
export type State = (typeof STATES)[number];

const PAGE = 40;

export function useConversations(state: State) {
  const { slug } = useBusiness();
  return useInfiniteQuery({
    queryKey: [slug, "conversations", state],
    initialPageParam: null as Conversation | null,
    queryFn: ({ pageParam }) =>
      told(
        api.GET("/api/businesses/{slug}/conversations", {
          params: {
            path: { slug },
            query: {
              state,
              limit: PAGE,
              before_at: pageParam?.last_message_at,
              before_id: pageParam?.id,
              before_called_for: pageParam?.called_for,
            },
          },
        }),
      ),
    getNextPageParam: ({ conversations }) =>
      conversations.length === PAGE ? conversations.at(-1) : undefined,
  });
}

export function useThread(conversationId: number) {
  const { slug } = useBusiness();
  return useInfiniteQuery({
    queryKey: [slug, "thread", conversationId],
    placeholderData: undefined,
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) =>
      told(
        api.GET("/api/businesses/{slug}/conversations/{conversation_id}", {
          params: {
            path: { slug, conversation_id: conversationId },
            query: { before: pageParam, limit: 50 },
          },
        }),
      ),
    getNextPageParam: ({ messages }) => (messages.length === 50 ? messages[0]?.id : undefined),
  });
}

/** The contact's requests, the newest first. */
export function useContactLeads(contactId: number | undefined) {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "leads", "contact", contactId],
    enabled: contactId !== undefined,
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/leads", {
          params: { path: { slug }, query: { contact_id: contactId, order: "-created", limit: 10 } },
        }),
      ),
  });
}

/** One conversation's own line, also when the list does not show it. */
export function useConversation(conversationId: number) {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "conversations", "one", conversationId],
    placeholderData: undefined,
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/conversations/{conversation_id}/about", {
          params: { path: { slug, conversation_id: conversationId } },
        }),
      ),
  });
}

export function useOwner(conversationId: number) {
  const { slug } = useBusiness();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (owner: "human" | "ai") => {
      const params = { path: { slug, conversation_id: conversationId } };
      return owner === "human"
        ? told(api.POST("/api/businesses/{slug}/conversations/{conversation_id}/take-over", { params }))
        : told(api.POST("/api/businesses/{slug}/conversations/{conversation_id}/hand-back", { params }));
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: [slug, "conversations"] });
      void client.invalidateQueries({ queryKey: [slug, "thread", conversationId] });
    },
  });
}

/** A person has seen to the conversation in another way than by writing. */
export function useAttended(conversationId: number) {
  const { slug } = useBusiness();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      told(
        api.POST("/api/businesses/{slug}/conversations/{conversation_id}/attended", {
          params: { path: { slug, conversation_id: conversationId } },
        }),
      ),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: [slug, "conversations"] });
      void client.invalidateQueries({ queryKey: [slug, "today"] });
    },
  });
}

const sayKey = (slug: string, conversationId: number) => [slug, "say", conversationId];

/** Words are said in order, once there is a connection; what is refused stays unsent. */
export function useSay(conversationId: number) {
  const { slug } = useBusiness();
  const client = useQueryClient();
  return useMutation({
    mutationKey: sayKey(slug, conversationId),
    scope: { id: `say:${slug}:${conversationId}` },
    onMutate: (saying) => keepUnsent(conversationId, saying),
    mutationFn: (saying: Saying) =>
      told(
        api.POST("/api/businesses/{slug}/conversations/{conversation_id}/messages", {
          params: { path: { slug, conversation_id: conversationId } },
          body: saying,
        }),
      ),
    // what was refused would be refused again
    retry: (failures, error) => failures < 3 && mayPass(error),
    onSuccess: (thread, { key }) => {
      dropUnsent(conversationId, key);
      client.setQueryData<InfiniteData<Thread>>(
        [slug, "thread", conversationId],
        (data) => data && { ...data, pages: [thread, ...data.pages.slice(1)] },
      );
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: [slug, "thread", conversationId] });
      void client.invalidateQueries({ queryKey: [slug, "conversations"] });
    },
  });
}

export interface Waiting extends Saying {
  /** There is no connection to send it by. */
  offline: boolean;
}

/** What was sent and has not arrived yet, in that order. */
export function useWaiting(conversationId: number): Waiting[] {
  const { slug } = useBusiness();
  return useMutationState({
    filters: { mutationKey: sayKey(slug, conversationId), status: "pending" },
    select: ({ state }) => ({
      ...(state.variables as Saying),
      offline: state.isPaused && !onlineManager.isOnline(),
    }),
  });
}

export function useDraft(conversationId: number) {
  const { slug } = useBusiness();
  return useMutation({
    mutationFn: () =>
      told(
        api.POST("/api/businesses/{slug}/conversations/{conversation_id}/draft", {
          params: { path: { slug, conversation_id: conversationId } },
        }),
      ),
  });
}
