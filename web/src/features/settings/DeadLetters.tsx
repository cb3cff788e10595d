import { useQuery } from "@tanstack/react-query";
import { MailCheck, RotateCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, type Schemas, told } from "@/api/client";
import { settings } from "@/i18n/he/settings";
import { useBusiness } from "@/session/business";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Card, Empty, Failed, Skeletons } from "@/ui/Page";
import { useSayRefusal } from "@/ui/Refused";
import { Phone, When, Words } from "@/ui/Said";
import { say } from "@/ui/toast";
import { useAct } from "./api";
import { Intro } from "./parts";

const REFRESH_MS = 30_000;
const isTask = (task: string): task is keyof typeof settings.astray.task => task in settings.astray.task;
/** "agent.jobs.answer" is known by its last word. */
const taskOf = (task: string) => task.split(".").at(-1) ?? task;

/** What could not be sent or done after all tries; each can be tried once more. */
export function DeadLetters() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const found = useQuery({
    queryKey: [slug, "dead-letters"],
    refetchInterval: REFRESH_MS,
    queryFn: () => told(api.GET("/api/businesses/{slug}/dead-letters", { params: { path: { slug } } })),
  });
  if (found.isPending) return <Skeletons rows={4} className="h-16" />;
  if (!found.data) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const { messages, messages_total, jobs, jobs_total } = found.data;
  return (
    <div className="flex flex-col gap-4">
      <Intro>{t("settings.astray.intro")}</Intro>
      {messages.length || jobs.length ? null : (
        <Empty icon={<MailCheck className="size-8" />} title={t("settings.astray.none")}>
          {t("settings.astray.noneWords")}
        </Empty>
      )}
      {messages.length ? (
        <Card title={t("settings.astray.messages", { total: messages_total })}>
          <ul className="-my-1 divide-y divide-line">
            {messages.map((message) => (
              <Message key={message.id} message={message} />
            ))}
          </ul>
          <Rest shown={messages.length} total={messages_total} />
        </Card>
      ) : null}
      {jobs.length ? (
        <Card title={t("settings.astray.jobs", { total: jobs_total })}>
          <ul className="-my-1 divide-y divide-line">
            {jobs.map((job) => (
              <Job key={job.id} job={job} />
            ))}
          </ul>
          <Rest shown={jobs.length} total={jobs_total} />
        </Card>
      ) : null}
    </div>
  );
}

function Rest({ shown, total }: { shown: number; total: number }) {
  const { t } = useTranslation();
  if (shown >= total) return null;
  return <p className="mt-3 text-sm text-ink-soft">{t("settings.astray.newest", { shown })}</p>;
}

function Message({ message }: { message: Schemas["DeadMessageOut"] }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const sayRefusal = useSayRefusal();
  const replay = useAct<number, unknown>("dead-letters", (business, id) =>
    told(
      api.POST("/api/businesses/{slug}/dead-letters/messages/{message_id}/replay", {
        params: { path: { slug: business, message_id: id } },
      }),
    ),
  );
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 py-3">
      <div className="min-w-0 grow basis-60">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link to={`/b/${slug}/inbox/${message.conversation_id}`} className="font-medium hover:underline">
            <Words>{message.name || t("leads.nameless")}</Words>
          </Link>
          {message.phone ? <Phone e164={message.phone} className="text-ink-soft" /> : null}
          <When at={message.queued_at} className="text-sm text-ink-soft" />
          <Tries attempts={message.attempts} />
        </p>
        <p className="line-clamp-2">
          <Words>{message.text}</Words>
        </p>
        {message.failure ? (
          <p className="text-sm break-words text-red" title={message.error || undefined}>
            {t(`words.unsent.${message.failure}`)}
          </p>
        ) : null}
      </div>
      <Again
        busy={replay.isPending || replay.isSuccess}
        words={t("settings.astray.sendAgain")}
        about={message.name}
        onClick={() =>
          replay.mutate(message.id, {
            onError: sayRefusal,
            onSuccess: () => say(t("settings.astray.sentAgain")),
          })
        }
      />
    </li>
  );
}

function Job({ job }: { job: Schemas["DeadJobOut"] }) {
  const { t } = useTranslation();
  const sayRefusal = useSayRefusal();
  const replay = useAct<number, unknown>("dead-letters", (slug, id) =>
    told(
      api.POST("/api/businesses/{slug}/dead-letters/jobs/{job_id}/replay", {
        params: { path: { slug, job_id: id } },
      }),
    ),
  );
  const task = taskOf(job.task);
  const name = isTask(task) ? t(`settings.astray.task.${task}`) : job.task;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 py-3">
      <div className="min-w-0 grow basis-60">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{name}</span>
          {job.due_at ? <When at={job.due_at} className="text-sm text-ink-soft" /> : null}
          <Tries attempts={job.attempts} />
        </p>
        <p className="text-sm break-words text-ink-soft tabular-nums">
          <bdi dir="ltr">
            {job.task} #{job.id}{" "}
            {Object.entries(job.about)
              .map(([key, value]) => `${key}=${String(value)}`)
              .join(" ")}
          </bdi>
        </p>
      </div>
      <Again
        busy={replay.isPending || replay.isSuccess}
        words={t("settings.astray.runAgain")}
        about={name}
        onClick={() =>
          replay.mutate(job.id, { onError: sayRefusal, onSuccess: () => say(t("settings.astray.ranAgain")) })
        }
      />
    </li>
  );
}

function Tries({ attempts }: { attempts: number }) {
  const { t } = useTranslation();
  return <Badge tone="amber">{t("settings.astray.attempts", { attempts })}</Badge>;
}

interface AgainProps {
  busy: boolean;
  words: string;
  about: string;
  onClick: () => void;
}

function Again({ busy, words, about, onClick }: AgainProps) {
  return (
    <Button size="sm" busy={busy} aria-label={`${words}: ${about}`} onClick={onClick}>
      <RotateCw className="size-4" />
      {words}
    </Button>
  );
}
