import { ArrowRight, Bot, CircleAlert, PanelLeft, UserRound } from "lucide-react";
import { lazy, Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useAttentionWords } from "@/domain/attention";
import { loadPart } from "@/i18n";
import { useWhen } from "@/lib/clock";
import { wallOf } from "@/lib/time";
import { useBusiness, useMay } from "@/session/business";
import { Button, IconButton } from "@/ui/Button";
import { Failed, Skeletons } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Phone, Words } from "@/ui/Said";
import { say } from "@/ui/toast";
import { Aside } from "./Aside";
import {
  type Message,
  useAttended,
  useConversation,
  useOwner,
  useThread,
  useWaiting,
  type Waiting,
} from "./api";
import { Bubble, DayLine, WaitingBubble } from "./Bubble";
import { Composer } from "./Composer";

const TracePanel = lazy(async () => {
  const [{ TracePanel: Panel }] = await Promise.all([import("@/domain/trace/TracePanel"), loadPart("agent")]);
  return { default: Panel };
});

/** What was said, who answers, and what staff say. */
export function Thread({ conversationId }: { conversationId: number }) {
  const thread = useThread(conversationId);
  const { data: about } = useConversation(conversationId);
  const { t } = useTranslation();
  const [traced, setTraced] = useState<number | null>(null);
  const [aside, setAside] = useState(false);
  const waiting = useWaiting(conversationId);
  const messages = useMemo(
    () => [...(thread.data?.pages ?? [])].reverse().flatMap((page) => page.messages),
    [thread.data],
  );
  return (
    <div className="flex h-full min-h-0">
      <section aria-label={t("inbox.thread")} className="flex h-full min-w-0 grow flex-col">
        <Head conversationId={conversationId} onAside={() => setAside(true)} />
        <Called conversationId={conversationId} />
        {thread.isPending ? (
          <div className="grow p-6">
            <Skeletons rows={5} />
          </div>
        ) : null}
        {thread.isError && !thread.data ? (
          <div className="grow p-6">
            <Failed error={thread.error} retry={() => void thread.refetch()} />
          </div>
        ) : null}
        {thread.data ? (
          <Messages
            messages={messages}
            waiting={waiting}
            onTrace={setTraced}
            older={thread.hasNextPage ? () => void thread.fetchNextPage() : null}
          />
        ) : null}
        <Composer conversationId={conversationId} />
      </section>
      <div className="hidden w-72 shrink-0 overflow-y-auto border-s border-line xl:block">
        {about ? <Aside contactId={about.contact_id} /> : null}
      </div>
      <Panel open={aside} onClose={() => setAside(false)} title={t("inbox.about")}>
        {about ? <Aside contactId={about.contact_id} /> : null}
      </Panel>
      {traced !== null ? (
        <Suspense>
          <TracePanel conversationId={conversationId} messageId={traced} onClose={() => setTraced(null)} />
        </Suspense>
      ) : null}
    </div>
  );
}

function Head({ conversationId, onAside }: { conversationId: number; onAside: () => void }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const mayWrite = useMay("agent");
  const { data: about } = useConversation(conversationId);
  const owner = useOwner(conversationId);
  const human = about?.owner === "human";
  return (
    <header className="flex items-center gap-2 border-b border-line bg-surface px-3 py-2 sm:px-4">
      <Button asChild look="quiet" size="iconSm" className="sm:hidden">
        <Link to={`/b/${slug}/inbox`} aria-label={t("common.back")}>
          <ArrowRight className="size-5 ltr:-scale-x-100" />
        </Link>
      </Button>
      <div className="min-w-0 grow">
        <h2 className="truncate font-bold">
          <Words>{about?.name || t("leads.nameless")}</Words>
        </h2>
        <p className="flex items-center gap-1.5 text-sm text-ink-soft">
          {human ? <UserRound className="size-3.5 text-amber" /> : <Bot className="size-3.5" />}
          <span className="truncate">{human ? t("inbox.personAnswers") : t("inbox.agentAnswers")}</span>
          {about?.phone ? <Phone e164={about.phone} className="ms-2 hidden sm:inline" /> : null}
        </p>
      </div>
      {mayWrite && about ? (
        <Button
          size="sm"
          look={human ? "secondary" : "primary"}
          busy={owner.isPending}
          onClick={() =>
            owner.mutate(human ? "ai" : "human", {
              onSuccess: () => say(human ? t("inbox.handedBack") : t("inbox.tookOver")),
            })
          }
        >
          {human ? t("inbox.handBack") : t("inbox.takeOver")}
        </Button>
      ) : null}
      <IconButton aria-label={t("inbox.about")} onClick={onAside} className="xl:hidden">
        <PanelLeft className="size-5 ltr:-scale-x-100" />
      </IconButton>
    </header>
  );
}

/** Why a person was called; whoever has seen to it otherwise than by writing says so here. */
function Called({ conversationId }: { conversationId: number }) {
  const { t } = useTranslation();
  const reason = useAttentionWords();
  const mayWrite = useMay("agent");
  const { data: about } = useConversation(conversationId);
  const attended = useAttended(conversationId);
  if (!about?.called_for) return null;
  return (
    <div role="status" className="flex items-center gap-2 bg-red-soft px-3 py-1.5 text-sm text-red sm:px-4">
      <CircleAlert className="size-4 shrink-0" />
      <span className="min-w-0 grow">
        {t("inbox.called")} · {reason(about.called_for)}
      </span>
      {mayWrite ? (
        <Button size="sm" busy={attended.isPending} onClick={() => attended.mutate()}>
          {t("inbox.attended")}
        </Button>
      ) : null}
    </div>
  );
}

interface MessagesProps {
  waiting: Waiting[];
  messages: Message[];
  older: (() => void) | null;
  onTrace: (messageId: number) => void;
}

const NEAR_END_PX = 120;

/** The newest at the bottom, where the page stays unless somebody has gone up to read. */
function Messages({ messages, waiting, older, onTrace }: MessagesProps) {
  const { t } = useTranslation();
  const { zone } = useWhen();
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const newest = messages.at(-1)?.id;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message is what moves the view
  useLayoutEffect(() => {
    if (atEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [newest]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    };
    element.addEventListener("scroll", look, { passive: true });
    // What stands around the messages comes later than they do, and so do pictures in them.
    const sizes = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTo({ top: element.scrollHeight });
    });
    sizes.observe(element);
    if (element.lastElementChild) sizes.observe(element.lastElementChild);
    return () => {
      element.removeEventListener("scroll", look);
      sizes.disconnect();
    };
  }, []);

  let day = "";
  return (
    <div
      ref={box}
      tabIndex={0}
      role="log"
      aria-label={t("inbox.thread")}
      className="thin-scroll min-h-0 grow overflow-y-auto bg-sunken px-3 py-4 sm:px-6"
    >
      {older ? (
        <div className="mb-4 text-center">
          <Button size="sm" onClick={older}>
            {t("inbox.older")}
          </Button>
        </div>
      ) : null}
      <ol className="flex flex-col gap-1.5">
        {messages.map((message) => {
          const date = wallOf(message.sent_at, zone).date;
          const first = date !== day;
          day = date;
          return (
            <li key={message.id} className="flex flex-col">
              {first ? <DayLine date={date} /> : null}
              <Bubble
                message={message}
                onTrace={message.author === "ai" ? () => onTrace(message.id) : null}
              />
            </li>
          );
        })}
        {waiting.map((one) => (
          <li key={one.key} className="flex flex-col">
            <WaitingBubble waiting={one} />
          </li>
        ))}
      </ol>
    </div>
  );
}
