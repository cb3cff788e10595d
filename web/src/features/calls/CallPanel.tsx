import { Mic } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { CallBadge, CallDirection } from "@/domain/CallBadge";
import { useCallerWords } from "@/domain/calls";
import { calls as words } from "@/i18n/he/calls";
import { useWhen } from "@/lib/clock";
import { saySpan } from "@/lib/time";
import { useMay } from "@/session/business";
import { Failed, Skeletons } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Phone, When, Words } from "@/ui/Said";
import { type CallDetails, useCall } from "./api";
import { Length } from "./CallRow";
import { usualLatency } from "./latency";
import { Part } from "./parts";
import { type Players, playFrom, Recording } from "./Recording";
import { mayBeTaken, TakeOver } from "./TakeOver";
import { Transcript } from "./Transcript";
import { WhatCame } from "./WhatCame";

interface Props {
  callId: number;
  onClose: () => void;
}

/** One call with all that is known of it, beside the list it was opened from. */
export function CallPanel({ callId, onClose }: Props) {
  const { t } = useTranslation();
  const who = useCallerWords();
  const { data, error, refetch } = useCall(callId);
  const listens = useMay("agent");
  const [playedAt, setPlayedAt] = useState<number | null>(null);
  const players: Players = useRef(new Map());
  const sounds = listens ? (data?.sounds ?? []) : [];
  return (
    <Panel open wide onClose={onClose} title={data ? <Words>{who(data.call)}</Words> : t("calls.one")}>
      {error && !data ? <Failed error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Skeletons rows={8} /> : null}
      {data ? (
        <div className="flex flex-col gap-6">
          <div className="flex flex-wrap items-center gap-2">
            <CallDirection call={data.call} />
            <CallBadge call={data.call} />
            {data.call.phone ? <Phone e164={data.call.phone} className="ms-auto font-medium" /> : null}
            {listens && mayBeTaken(data) ? <TakeOver callId={callId} /> : null}
          </div>
          {data.call.summary ? (
            <Part title={t("calls.summary")}>
              <p className="max-w-[70ch] whitespace-pre-wrap">
                <Words>{data.call.summary}</Words>
              </p>
            </Part>
          ) : null}
          <Facts details={data} />
          <WhatCame details={data} />
          {sounds.length ? (
            <Part title={t("calls.recordings")}>
              {sounds.map((sound) => (
                <Recording
                  key={sound.stream_id}
                  callId={callId}
                  sound={sound}
                  players={players}
                  onTime={setPlayedAt}
                />
              ))}
            </Part>
          ) : null}
          {data.turns.length || data.call.connected_at || !data.call.ended_at ? (
            <Part title={t("calls.transcript")}>
              <Transcript
                details={data}
                playedAt={playedAt}
                onPlay={playedAt === null ? undefined : (at) => playFrom(players, sounds, at)}
              />
            </Part>
          ) : null}
        </div>
      ) : null}
    </Panel>
  );
}

function Facts({ details }: { details: CallDetails }) {
  const { t } = useTranslation();
  const { language } = useWhen();
  const { call, turns, recordings, transfers } = details;
  const usual = usualLatency(turns);
  const waited = call.connected_at
    ? (Date.parse(call.connected_at) - Date.parse(call.started_at)) / 1000
    : null;
  const state = call.state.replace("-", "_") as keyof typeof words.state;
  const facts: [string, ReactNode][] = [
    [t("calls.when"), <When key="when" at={call.started_at} />],
    [t("calls.length"), call.connected_at ? <Length key="length" call={call} /> : null],
    [t("calls.answeredAfter"), waited === null ? null : saySpan(waited, language)],
    [t("calls.latencyUsual"), usual === null ? null : t("calls.seconds", { seconds: usual })],
    [
      t(call.direction === "inbound" ? "calls.toNumber" : "calls.fromNumber"),
      call.number ? <Phone key="number" e164={call.number} /> : null,
    ],
    [t("calls.takenBy"), call.taken_by ? <Words key="taken">{call.taken_by}</Words> : null],
    ...transfers.map((one): [string, ReactNode] => [
      t("calls.transfer"),
      one.taken_at ? null : <Rung key={one.id} transfer={one} live={!call.ended_at} />,
    ]),
    [t("calls.providerState"), t(`calls.state.${state}`)],
    ...recordings.map(({ id, state: kept, duration_s: seconds }): [string, ReactNode] => [
      t("calls.recordings"),
      <span key={id} className="inline-flex items-center gap-1.5">
        <Mic className="size-4 text-ink-soft" />
        {kept in words.recording ? t(`calls.recording.${kept as keyof typeof words.recording}`) : kept}
        {seconds ? ` · ${saySpan(seconds, language)}` : null}
      </span>,
    ]),
  ];
  return (
    <dl aria-label={t("calls.facts")} className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3">
      {facts.map(([name, value], index) =>
        value ? (
          <div key={`${name} ${index}`}>
            <dt className="text-sm text-ink-soft">{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

/** People who are rung for the call, or were and did not take it. */
function Rung({ transfer, live }: { transfer: CallDetails["transfers"][number]; live: boolean }) {
  const { t } = useTranslation();
  const now = transfer.people[transfer.step];
  return (
    <Words>
      {live && !transfer.ended_at && now
        ? t("calls.ringing", { name: now })
        : t("calls.nobodyTook", { names: transfer.people.join(", ") })}
    </Words>
  );
}
