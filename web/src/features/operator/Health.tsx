import { useQuery } from "@tanstack/react-query";
import { CircleCheck, OctagonX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";
import { operator } from "@/i18n/he/operator";
import { useNow, useWhen } from "@/lib/clock";
import { cn } from "@/lib/cn";
import { sayDuration } from "@/lib/time";
import { Badge } from "@/ui/Badge";
import { Card, Failed, Skeletons } from "@/ui/Page";
import { Sweeps } from "./Sweeps";

type Health = Schemas["Health"];

const REFRESH_MS = 10_000;
/** A queue whose oldest job is overdue by more than this is behind. */
const LATE_S = 60;

const isQueue = (name: string): name is keyof typeof operator.queue => name in operator.queue;

/** Workers, queues, and what has gone astray; asked for anew every ten seconds. */
export function HealthCards() {
  const { t } = useTranslation();
  const health = useQuery({
    queryKey: ["operator", "health"],
    refetchInterval: REFRESH_MS,
    queryFn: () => told(api.GET("/api/operator/health")),
  });
  if (health.isPending) return <Skeletons rows={3} className="h-24" />;
  const { data } = health;
  return (
    <>
      {health.isError ? <Failed error={health.error} retry={() => void health.refetch()} /> : null}
      {data ? (
        <>
          <Numbers health={data} />
          <div className="grid gap-4 lg:grid-cols-[3fr_2fr]">
            <Queues queues={data.queues} />
            <Workers workers={data.workers} />
          </div>
          <Sweeps sweeps={data.sweeps} />
          <p className="text-sm text-ink-soft">{t("operator.refreshes")}</p>
        </>
      ) : null}
    </>
  );
}

function Numbers({ health }: { health: Health }) {
  const { t } = useTranslation();
  const { language } = useWhen();
  const alive = health.workers.filter((worker) => worker.alive).length;
  const leaving = Object.values(health.outbox).reduce((total, count) => total + count, 0);
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      <Count name={t("operator.workersAlive")} bad={!alive}>
        {alive}
      </Count>
      <Count name={t("operator.oldest")} bad={health.oldest_s > LATE_S}>
        {health.oldest_s < 1 ? t("operator.noWait") : sayDuration(health.oldest_s, language)}
      </Count>
      <Count name={t("operator.unanswered")}>{health.unanswered}</Count>
      <Count name={t("operator.outbox")}>{leaving}</Count>
      <Count name={t("operator.deadLetters")} bad={health.dead_letters > 0}>
        {health.dead_letters}
      </Count>
      <Count name={t("operator.deadJobs")} bad={health.dead_jobs > 0}>
        {health.dead_jobs}
      </Count>
      <Count name={t("operator.numbersDown")} bad={health.numbers_down > 0}>
        {health.numbers_down}
      </Count>
      <Count name={t("operator.modelsDown")} bad={health.models_down > 0}>
        {health.models_down}
      </Count>
    </dl>
  );
}

function Count({ name, bad, children }: { name: string; bad?: boolean; children: ReactNode }) {
  return (
    <div className="flex flex-col rounded-card border border-line bg-surface p-3">
      <dt className="text-sm text-ink-soft">{name}</dt>
      <dd
        className={cn("mt-auto flex items-center gap-1.5 text-xl font-bold tabular-nums", bad && "text-red")}
      >
        {children}
        {bad ? <TriangleAlert className="size-4" /> : null}
      </dd>
    </div>
  );
}

function Queues({ queues }: { queues: Health["queues"] }) {
  const { t } = useTranslation();
  const { language } = useWhen();
  return (
    <Card title={t("operator.queues")}>
      {queues.length ? (
        <section aria-label={t("operator.queues")} tabIndex={0} className="thin-scroll overflow-x-auto">
          <table className="w-full tabular-nums">
            <thead>
              <tr className="border-b border-line text-sm text-ink-soft">
                {(["name", "waiting", "running", "failed", "overdue"] as const).map((name) => (
                  <th key={name} scope="col" className="py-2 pe-3 text-start font-medium whitespace-nowrap">
                    {t(`operator.column.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {queues.map((one) => (
                <tr key={one.queue}>
                  <th scope="row" className="py-2 pe-3 text-start font-medium">
                    {isQueue(one.queue) ? t(`operator.queue.${one.queue}`) : one.queue}
                  </th>
                  <td className="py-2 pe-3">{one.waiting}</td>
                  <td className="py-2 pe-3">{one.running}</td>
                  <td className="py-2 pe-3">
                    {one.failed ? <Badge tone="red">{one.failed}</Badge> : one.failed}
                  </td>
                  <td
                    className={cn(
                      "py-2 whitespace-nowrap",
                      one.oldest_s > LATE_S && "font-medium text-amber",
                    )}
                  >
                    {one.oldest_s < 1 ? t("operator.noWait") : sayDuration(one.oldest_s, language)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : (
        <p className="text-ink-soft">{t("operator.noQueues")}</p>
      )}
    </Card>
  );
}

function Workers({ workers }: { workers: Health["workers"] }) {
  const { t } = useTranslation();
  return (
    <Card title={t("operator.workers")}>
      {workers.length ? (
        <ul className="-my-1 divide-y divide-line">
          {workers.map((worker) => (
            <li key={worker.id} className="flex flex-wrap items-center gap-2 py-2">
              <span className="me-auto font-medium tabular-nums">
                {t("operator.worker", { id: worker.id })}
              </span>
              <span className="text-sm text-ink-soft">
                <Heard at={worker.last_heartbeat} />
              </span>
              <Badge tone={worker.alive ? "green" : "red"}>
                {worker.alive ? <CircleCheck className="size-3.5" /> : <OctagonX className="size-3.5" />}
                {worker.alive ? t("operator.alive") : t("operator.silent")}
              </Badge>
            </li>
          ))}
        </ul>
      ) : (
        <p className="flex items-center gap-2 text-red">
          <OctagonX className="size-4 shrink-0" />
          {t("operator.noWorkers")}
        </p>
      )}
    </Card>
  );
}

/** How long ago a worker gave a sign of life. */
function Heard({ at }: { at: string }) {
  const { t } = useTranslation();
  const { language } = useWhen();
  const seconds = (useNow().getTime() - Date.parse(at)) / 1000;
  return (
    <>{seconds < 1 ? t("operator.heardNow") : t("operator.heard", { ago: sayDuration(seconds, language) })}</>
  );
}
