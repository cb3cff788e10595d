import { Bot, CircleAlert, UserRound } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useAttentionWords } from "@/domain/attention";
import { cn } from "@/lib/cn";
import { sayPhone } from "@/lib/phone";
import { useBusiness } from "@/session/business";
import { Avatar } from "@/ui/Avatar";
import { Segments } from "@/ui/Chips";
import { Empty, Failed, Skeletons } from "@/ui/Page";
import { When, Words, WordsLine } from "@/ui/Said";
import { type Conversation, STATES, type State, useConversations } from "./api";
import { useMessageWords } from "./words";

export function ConversationList({ open }: { open: number | null }) {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const state: State = STATES.find((one) => one === query.get("state")) ?? "all";
  const list = useConversations(state);
  const found = useMemo(() => list.data?.pages.flatMap((page) => page.conversations) ?? [], [list.data]);
  const end = useRef<HTMLLIElement>(null);
  const { hasNextPage, fetchNextPage } = list;

  useEffect(() => {
    const mark = end.current;
    if (!mark || !hasNextPage) return;
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && void fetchNextPage());
    watcher.observe(mark);
    return () => watcher.disconnect();
  }, [hasNextPage, fetchNextPage]);

  return (
    <div className="flex h-full flex-col gap-3">
      <Segments<State>
        label={t("inbox.state")}
        value={state}
        onChange={(next) => setQuery(next === "all" ? {} : { state: next }, { replace: true })}
        options={STATES.map((value) => ({ value, label: t(`inbox.state_${value}`) }))}
      />
      {list.isPending ? <Skeletons rows={8} className="h-14" /> : null}
      {list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : null}
      {list.data && !found.length ? (
        <Empty title={t("inbox.none")}>
          {state === "all" ? t("inbox.noneWords") : t("inbox.noneInState")}
        </Empty>
      ) : null}
      <ul className="thin-scroll -mx-3 min-h-0 grow overflow-y-auto pb-4">
        {found.map((one) => (
          <Line key={one.id} conversation={one} open={one.id === open} search={query.toString()} />
        ))}
        <li ref={end} aria-hidden className="h-px" />
      </ul>
    </div>
  );
}

interface LineProps {
  conversation: Conversation;
  open: boolean;
  search: string;
}

function Line({ conversation, open, search }: LineProps) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const words = useMessageWords();
  const reason = useAttentionWords();
  const { last, name, phone, unanswered, owner } = conversation;
  return (
    <li>
      <Link
        to={{ pathname: `/b/${slug}/inbox/${conversation.id}`, search }}
        aria-current={open || undefined}
        className={cn(
          "flex gap-3 rounded-control px-3 py-2.5 hover:bg-grey-soft",
          open && "bg-accent-soft hover:bg-accent-soft",
        )}
      >
        <Avatar name={name || "?"} />
        <span className="min-w-0 grow">
          <span className="flex items-center gap-2">
            <Words className="truncate font-medium">
              {name || (phone ? sayPhone(phone) : t("leads.nameless"))}
            </Words>
            {conversation.last_message_at ? (
              <When at={conversation.last_message_at} className="ms-auto text-xs text-ink-soft" />
            ) : null}
          </span>
          <span className="flex items-center gap-1.5 text-sm text-ink-soft">
            {owner === "human" ? (
              <UserRound aria-label={t("inbox.byPerson")} className="size-3.5 shrink-0 text-amber" />
            ) : (
              <Bot aria-label={t("inbox.byAgent")} className="size-3.5 shrink-0" />
            )}
            <WordsLine className="grow">{last ? words(last) : ""}</WordsLine>
            {conversation.called_for ? (
              <CircleAlert
                role="img"
                aria-label={reason(conversation.called_for)}
                className="size-4 shrink-0 text-red"
              />
            ) : null}
            {unanswered ? (
              <span
                title={t("inbox.unanswered", { count: unanswered })}
                className="grid h-5 min-w-5 shrink-0 place-items-center rounded-full bg-accent px-1.5 text-xs font-medium text-accent-ink tabular-nums"
              >
                {unanswered}
              </span>
            ) : null}
          </span>
        </span>
      </Link>
    </li>
  );
}
