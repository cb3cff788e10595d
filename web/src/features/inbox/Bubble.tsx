import {
  Ban,
  Bot,
  Check,
  CheckCheck,
  CircleAlert,
  Clock,
  Cog,
  File,
  HelpCircle,
  MapPin,
  Phone,
} from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useNow, useWhen } from "@/lib/clock";
import { cn } from "@/lib/cn";
import { sayDay, sayExactly, sayHour, wallOf } from "@/lib/time";
import { useBusiness } from "@/session/business";
import { LinkedWords, Words } from "@/ui/Said";
import type { Message, Waiting } from "./api";

const TICKS: Record<string, ReactNode> = {
  queued: <Clock className="size-3.5" />,
  sending: <Clock className="size-3.5" />,
  unknown: <HelpCircle className="size-3.5" />,
  sent: <Check className="size-3.5" />,
  delivered: <CheckCheck className="size-3.5" />,
  read: <CheckCheck className="size-3.5 text-blue" />,
  failed: <CircleAlert className="size-3.5 text-red" />,
  withheld: <Ban className="size-3.5" />,
  lapsed: <Ban className="size-3.5" />,
};

export function DayLine({ date }: { date: string }) {
  const { zone, language } = useWhen();
  const today = wallOf(useNow(), zone).date;
  return (
    <p className="mx-auto my-3 w-fit rounded-full bg-surface px-3 py-0.5 text-xs text-ink-soft">
      {sayDay(date, { today, language })}
    </p>
  );
}

/** What somebody said. The customer's words stand at the inline start, ours at the end. */
export function Bubble({ message, onTrace }: { message: Message; onTrace: (() => void) | null }) {
  const { t } = useTranslation();
  const ours = message.direction === "out";
  return (
    <div
      data-message={message.id}
      className={cn(
        "w-fit max-w-[min(85%,560px)] rounded-card px-3 py-2",
        ours ? "self-end bg-accent-soft" : "self-start bg-surface",
        message.author === "human" && "bg-amber-soft",
        ["failed", "withheld", "lapsed"].includes(message.delivery ?? "") &&
          "outline-1 outline-red outline-dashed",
      )}
    >
      <Author message={message} />
      <Content message={message} />
      {message.buttons.length ? (
        <div className="mt-2 flex flex-wrap gap-1.5">
          {message.buttons.map((button) => (
            <span
              key={String(button.id)}
              className="rounded-control border border-line-strong px-2.5 py-1 text-sm"
            >
              {String(button.text)}
            </span>
          ))}
        </div>
      ) : null}
      <p className="mt-0.5 flex items-center justify-end gap-1.5 text-xs text-ink-soft">
        {onTrace ? (
          <button
            type="button"
            onClick={onTrace}
            className="me-auto min-h-6 underline-offset-2 hover:underline"
          >
            {t("inbox.why")}
          </button>
        ) : null}
        <Hour at={message.sent_at} />
        {ours && message.delivery ? (
          <span
            role="img"
            title={t(`words.delivery.${message.delivery}`)}
            aria-label={t(`words.delivery.${message.delivery}`)}
          >
            {TICKS[message.delivery]}
          </span>
        ) : null}
      </p>
      {message.delivery === "failed" ? <p className="text-xs text-red">{t("inbox.failedWords")}</p> : null}
    </div>
  );
}

/** What staff have sent and the server does not have yet. */
export function WaitingBubble({ waiting }: { waiting: Waiting }) {
  const { t } = useTranslation();
  return (
    <div className="w-fit max-w-[min(85%,560px)] self-end rounded-card border border-dashed border-line-strong bg-amber-soft px-3 py-2">
      <p className="break-words whitespace-pre-wrap">
        <Words>{waiting.text}</Words>
      </p>
      <p role="status" className="mt-0.5 flex items-center justify-end gap-1.5 text-xs text-ink-soft">
        <Clock className="size-3.5" />
        {waiting.offline ? t("inbox.waitsForConnection") : t("inbox.sending")}
      </p>
    </div>
  );
}

function Hour({ at }: { at: string }) {
  const { zone, language } = useWhen();
  return (
    <time dateTime={at} title={sayExactly(at, zone, language)} className="tabular-nums">
      {sayHour(at, zone)}
    </time>
  );
}

function Author({ message }: { message: Message }) {
  const { t } = useTranslation();
  if (message.direction === "in") return null;
  const icon =
    message.author === "ai" ? (
      <Bot className="size-3.5" />
    ) : message.author === "system" ? (
      <Cog className="size-3.5" />
    ) : null;
  return (
    <p className="mb-0.5 flex items-center gap-1 text-xs text-ink-soft">
      {icon}
      {t(`words.author.${message.author}`)}
    </p>
  );
}

function Content({ message }: { message: Message }) {
  const { t } = useTranslation();
  const { kind, text } = message;
  const words = text ? (
    <p className="break-words whitespace-pre-wrap">
      <LinkedWords>{text}</LinkedWords>
    </p>
  ) : null;
  if (kind === "text" || kind === "button") return words;
  return (
    <>
      {kind === "call" && words ? (
        <p className="mb-0.5 flex items-center gap-1 text-xs text-ink-soft">
          <Phone className="size-3.5" />
          {t("words.call.said")}
        </p>
      ) : null}
      <Media message={message} />
      {words ?? <p className="text-sm text-ink-soft">{t(`words.kind.${kind}`)}</p>}
    </>
  );
}

function Media({ message }: { message: Message }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { conversationId } = useParams();
  const name = String(message.media?.file_name ?? t(`words.kind.${message.kind}`));
  if (!message.media || message.kind === "contact") return null;
  const source = `/api/businesses/${slug}/conversations/${conversationId}/messages/${message.id}/media`;
  switch (message.kind) {
    case "image":
    case "sticker":
      return (
        <img
          src={source}
          alt={name}
          loading="lazy"
          className="mb-1 max-h-72 min-h-16 min-w-32 rounded-control bg-grey-soft object-contain text-sm text-ink-soft"
        />
      );
    case "audio":
      return (
        <audio controls preload="none" src={source} aria-label={name} className="mb-1 h-10 max-w-full" />
      );
    case "video":
      return (
        <video
          controls
          preload="none"
          src={source}
          aria-label={name}
          className="mb-1 max-h-72 max-w-full rounded-control"
        />
      );
    case "location":
      return (
        <p className="mb-1 flex items-center gap-1.5">
          <MapPin className="size-4" />
          {t("words.kind.location")}
        </p>
      );
    default:
      return (
        <a href={source} download className="mb-1 flex items-center gap-1.5 underline underline-offset-2">
          <File className="size-4" />
          <Words>{name}</Words>
        </a>
      );
  }
}
