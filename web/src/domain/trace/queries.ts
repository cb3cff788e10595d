import { useQuery } from "@tanstack/react-query";
import { api, type Schemas, told } from "@/api/client";
import { useBusiness } from "@/session/business";

export type Trace = Schemas["TraceOut"];
export type TraceTool = Schemas["ToolOut"];
export type Attempt = Schemas["AttemptOut"];
export type Said = Schemas["MessageOut"];

/** How a reply of the agent came to be. What has happened does not change. */
export function useTrace(conversationId: number, messageId: number) {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "trace", conversationId, messageId],
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: undefined,
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/conversations/{conversation_id}/messages/{message_id}/trace", {
          params: { path: { slug, conversation_id: conversationId, message_id: messageId } },
        }),
      ),
  });
}

const NEAR = 40;

/** The messages up to the reply, the reply last: among them those that it answers. */
export function useTraceMessages(conversationId: number, messageId: number) {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "trace", conversationId, messageId, "messages"],
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: undefined,
    queryFn: async () => {
      const thread = await told(
        api.GET("/api/businesses/{slug}/conversations/{conversation_id}", {
          params: {
            path: { slug, conversation_id: conversationId },
            query: { before: messageId + 1, limit: NEAR },
          },
        }),
      );
      return thread.messages;
    },
  });
}
