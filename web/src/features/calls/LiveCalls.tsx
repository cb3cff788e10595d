import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { CallBadge, CallDirection } from "@/domain/CallBadge";
import { useCallerWords } from "@/domain/calls";
import { Ago, Words } from "@/ui/Said";
import { type LiveCall, useLiveCalls } from "./api";
import { useWayTo } from "./CallRow";
import { Speaker } from "./Transcript";

/** The calls that are under way, with what is being said in them; nothing while there is none. */
export function LiveCalls() {
  const { t } = useTranslation();
  const calls = useLiveCalls().data?.calls;
  if (!calls?.length) return null;
  return (
    <section aria-labelledby="live-calls" className="mb-4 flex max-h-[45%] shrink-0 flex-col gap-2">
      <h2 id="live-calls" className="font-bold">
        {t("calls.liveNow", { count: calls.length })}
      </h2>
      <ul className="thin-scroll grid grid-cols-[repeat(auto-fill,minmax(min(100%,320px),1fr))] gap-3 overflow-y-auto p-0.5">
        {calls.map((live) => (
          <Live key={live.call.id} {...live} />
        ))}
      </ul>
    </section>
  );
}

function Live({ call, turns }: LiveCall) {
  const { t } = useTranslation();
  const who = useCallerWords();
  return (
    <li>
      <Link
        to={useWayTo(call)}
        className="flex h-full flex-col gap-2 rounded-card border border-line bg-surface px-3 py-2.5 hover:border-line-strong"
      >
        <span className="flex items-center gap-2">
          <CallDirection call={call} />
          <Words className="min-w-0 truncate font-medium">{who(call)}</Words>
          <Ago at={call.connected_at ?? call.started_at} className="text-sm text-ink-soft" />
          <span className="ms-auto">
            <CallBadge call={call} />
          </span>
        </span>
        {turns.map((turn) => (
          <span key={turn.number} className="block">
            <span className="flex items-center gap-1.5 text-xs text-ink-soft">
              <Speaker turn={turn} name={call.name} />
            </span>
            <Words className="line-clamp-2">{turn.text}</Words>
          </span>
        ))}
        {turns.length ? null : <span className="text-ink-soft">{t("calls.notYetSaid")}</span>}
      </Link>
    </li>
  );
}
