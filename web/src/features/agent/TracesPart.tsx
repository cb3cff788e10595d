import { Bot, PenLine } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Cost, ModelName, Took, useToolName } from "@/domain/trace/Trace";
import { TracePanel } from "@/domain/trace/TracePanel";
import { useAddress } from "@/lib/address";
import { cn } from "@/lib/cn";
import { useBusiness } from "@/session/business";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Empty, Failed, Skeletons } from "@/ui/Page";
import { When, Words } from "@/ui/Said";
import { type TurnLine, useTurns } from "./api";

const ROW =
  "grid w-full grid-cols-[1fr_auto] gap-x-4 gap-y-1 px-4 py-3 text-start md:grid-cols-[120px_minmax(100px,1fr)_minmax(0,3fr)_minmax(150px,1.2fr)_90px] md:items-start";

/** Whatever the agent has answered, newest first; each opens with the reasons for it. */
export function TracesPart() {
  const { t } = useTranslation();
  const turns = useTurns();
  const [open, setOpen] = useOpened();
  const lines = turns.data?.pages.flatMap((page) => page.turns) ?? [];
  if (turns.error && !turns.data) return <Failed error={turns.error} retry={() => void turns.refetch()} />;
  if (!turns.data) return <Skeletons rows={8} className="h-16" />;
  return (
    <>
      {lines.length ? (
        <ol className="overflow-hidden rounded-card border border-line bg-surface">
          {lines.map((turn) => (
            <li key={turn.id} className="border-line not-last:border-b">
              <Line turn={turn} onOpen={setOpen} />
            </li>
          ))}
        </ol>
      ) : (
        <Nothing />
      )}
      {turns.hasNextPage ? (
        <Button className="mt-4" busy={turns.isFetchingNextPage} onClick={() => void turns.fetchNextPage()}>
          {t("agent.traces.more")}
        </Button>
      ) : null}
      {open ? (
        <TracePanel
          key={open.message}
          conversationId={open.conversation}
          messageId={open.message}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  );
}

interface Opened {
  conversation: number;
  message: number;
}

/** The one that is open is in the address, so that a link shows the same. */
function useOpened(): [Opened | null, (opened: Opened | null) => void] {
  const [query, put] = useAddress();
  const [conversation, message] = [Number(query.get("conversation")), Number(query.get("message"))];
  const setOpen = (opened: Opened | null) =>
    put({ conversation: opened?.conversation ?? null, message: opened?.message ?? null });
  return [conversation && message ? { conversation, message } : null, setOpen];
}

function Line({ turn, onOpen }: { turn: TurnLine; onOpen: (opened: Opened) => void }) {
  const { message_id: message, conversation_id: conversation } = turn;
  if (message === null) {
    return (
      <div className={ROW}>
        <Cells turn={turn} />
      </div>
    );
  }
  return (
    <button
      type="button"
      className={cn(ROW, "hover:bg-sunken")}
      onClick={() => onOpen({ conversation, message })}
    >
      <Cells turn={turn} />
    </button>
  );
}

function Cells({ turn }: { turn: TurnLine }) {
  const { t } = useTranslation();
  const toolName = useToolName();
  return (
    <>
      <span className="order-2 text-sm text-ink-soft md:order-none md:text-base">
        <When at={turn.at} />
      </span>
      <span className="order-1 min-w-0 truncate font-medium md:order-none">
        <Words>{turn.contact_name || t("agent.traces.nameless")}</Words>
      </span>
      <span className="order-3 col-span-2 flex min-w-0 flex-col gap-1 md:order-none md:col-span-1">
        <span dir="auto" className={cn("line-clamp-2", turn.reply === null && "text-ink-soft")}>
          {turn.reply ?? t("agent.traces.replyGone")}
        </span>
        <span className="flex flex-wrap gap-1">
          {[...new Set(turn.tools)].map((tool) => (
            <Badge key={tool}>{toolName(tool)}</Badge>
          ))}
          {turn.rewritten ? (
            <Badge tone="amber">
              <PenLine className="size-3.5" />
              {t("agent.traces.rewritten")}
            </Badge>
          ) : null}
        </span>
      </span>
      <span className="order-4 min-w-0 text-sm break-words text-ink-soft md:order-none">
        <ModelName model={turn.model} />
      </span>
      <span className="order-5 flex justify-end gap-2 text-sm text-ink-soft md:order-none md:flex-col md:items-end md:gap-0">
        <Took ms={turn.latency_ms} />
        <Cost micros={turn.cost_micros} />
      </span>
    </>
  );
}

function Nothing() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  return (
    <Empty
      icon={<Bot className="size-8" />}
      title={t("agent.traces.none")}
      action={
        <Button asChild look="primary">
          <Link to={`/b/${slug}/simulator`}>{t("agent.traces.toSimulator")}</Link>
        </Button>
      }
    >
      {t("agent.traces.noneWords")}
    </Empty>
  );
}
