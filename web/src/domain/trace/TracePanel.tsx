import { MessageSquare, UserRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useBusiness } from "@/session/business";
import { Button } from "@/ui/Button";
import { Failed, Skeletons } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { When } from "@/ui/Said";
import { useTrace, useTraceMessages } from "./queries";
import { Trace } from "./Trace";

interface Props {
  conversationId: number;
  messageId: number;
  onClose: () => void;
}

/** Beside whatever it was opened from: why the agent gave this reply. */
export function TracePanel({ conversationId, messageId, onClose }: Props) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { data: trace, error, refetch } = useTrace(conversationId, messageId);
  const messages = useTraceMessages(conversationId, messageId);
  return (
    <Panel open wide onClose={onClose} title={t("agent.trace.title")}>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        {trace ? <When at={trace.at} className="me-auto text-ink-soft" /> : null}
        <Button asChild size="sm">
          <Link to={`/b/${slug}/inbox/${conversationId}`}>
            <MessageSquare className="size-4" />
            {t("agent.trace.conversation")}
          </Link>
        </Button>
        {trace?.lead_id ? (
          <Button asChild size="sm">
            <Link to={`/b/${slug}/leads/${trace.lead_id}`}>
              <UserRound className="size-4" />
              {t("agent.trace.lead")}
            </Link>
          </Button>
        ) : null}
      </div>
      {error && !trace ? <Failed error={error} retry={() => void refetch()} /> : null}
      {!trace && !error ? <Skeletons rows={8} /> : null}
      {trace ? <Trace trace={trace} messages={messages.error ? [] : messages.data} /> : null}
    </Panel>
  );
}
