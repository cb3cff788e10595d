import { Bot, Play, Scissors, Timer, UserRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useWhen } from "@/lib/clock";
import { cn } from "@/lib/cn";
import { sayExactly } from "@/lib/time";
import { Badge } from "@/ui/Badge";
import { Words } from "@/ui/Said";
import type { CallDetails } from "./api";
import { sayLatency } from "./latency";

type Turn = CallDetails["turns"][number];

interface Props {
  details: CallDetails;
  /** The moment that is being played of the recording, in milliseconds since 1970. */
  playedAt: number | null;
  /** Plays the recording from that moment on; absent as long as none is loaded. */
  onPlay?: (at: number) => void;
}

/** What was said, in order: the other side at the inline start, ours at the end. While the call lasts it grows. */
export function Transcript({ details: { call, turns }, playedAt, onPlay }: Props) {
  const { t } = useTranslation();
  if (!turns.length) {
    return <p className="text-ink-soft">{t(call.ended_at ? "calls.noTranscript" : "calls.notYetSaid")}</p>;
  }
  const start = call.connected_at ?? call.started_at;
  const played =
    playedAt === null ? null : turns.findLast((one) => Date.parse(one.began_at) <= playedAt)?.number;
  return (
    <div role={call.ended_at ? undefined : "log"} className="rounded-card bg-sunken p-3">
      <ol aria-label={t("calls.transcript")} className="flex flex-col gap-2">
        {turns.map((turn) => (
          <Line
            key={turn.number}
            turn={turn}
            start={start}
            name={call.name}
            played={turn.number === played}
            onPlay={onPlay}
          />
        ))}
      </ol>
    </div>
  );
}

interface LineProps {
  turn: Turn;
  start: string;
  name: string;
  played: boolean;
  onPlay: Props["onPlay"];
}

function Line({ turn, start, name, played, onPlay }: LineProps) {
  const { t } = useTranslation();
  return (
    <li
      aria-current={played || undefined}
      className={cn(
        "w-fit max-w-[min(88%,560px)] rounded-card px-3 py-2",
        turn.speaker === "caller" ? "self-start bg-surface" : "self-end bg-accent-soft",
        turn.speaker === "person" && "bg-amber-soft",
        played && "outline-2 outline-accent",
      )}
    >
      <p className="mb-0.5 flex items-center gap-1.5 text-xs text-ink-soft">
        <Speaker turn={turn} name={name} />
        <Offset at={turn.began_at} start={start} onPlay={onPlay} />
      </p>
      <p className="break-words whitespace-pre-wrap">
        <Words>{turn.text}</Words>
      </p>
      {turn.cut_off || turn.latency_ms !== null ? (
        <p className="mt-1 flex flex-wrap items-center gap-2 text-xs text-ink-soft">
          {turn.cut_off ? (
            <span title={t("calls.cutOffWords")}>
              <Badge tone="amber">
                <Scissors className="size-3.5" />
                {t("calls.cutOff")}
              </Badge>
            </span>
          ) : null}
          {turn.latency_ms === null ? null : (
            <span className="inline-flex items-center gap-1 tabular-nums">
              <Timer className="size-3.5" />
              {t("calls.latency", { seconds: sayLatency(turn.latency_ms) })}
            </span>
          )}
        </p>
      ) : null}
    </li>
  );
}

/** Who said it, as a sign and in a word; `name` is the other side's. */
export function Speaker({ turn: { speaker }, name }: Pick<LineProps, "turn" | "name">) {
  const { t } = useTranslation();
  const Icon = speaker === "agent" ? Bot : UserRound;
  const ours = t(speaker === "agent" ? "words.author.ai" : "words.author.human");
  return (
    <>
      <Icon className="size-3.5 shrink-0" />
      <Words>{speaker === "caller" ? name || t("calls.otherSide") : ours}</Words>
    </>
  );
}

/** How far into the call it was said: "1:07"; the exact moment on hover. Where there is a recording, it plays from there. */
function Offset({ at, start, onPlay }: { at: string; start: string; onPlay: Props["onPlay"] }) {
  const { t } = useTranslation();
  const { zone, language } = useWhen();
  const seconds = Math.max(0, Math.round((Date.parse(at) - Date.parse(start)) / 1000));
  const told = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const time = (
    <time dateTime={at} title={sayExactly(at, zone, language)} className="tabular-nums">
      {told}
    </time>
  );
  if (!onPlay) return <span className="ms-auto ps-3">{time}</span>;
  return (
    <button
      type="button"
      aria-label={t("calls.playFrom", { time: told })}
      onClick={() => onPlay(Date.parse(at))}
      className="ms-auto flex items-center gap-1 ps-3 hover:underline"
    >
      <Play className="size-3" />
      {time}
    </button>
  );
}
