import { Bot, Check, CircleAlert, TriangleAlert, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { agent } from "@/i18n/he/agent";
import { cn } from "@/lib/cn";
import { sayDollars, sayShekels } from "@/lib/money";
import type { Attempt, Said, Trace as TraceData, TraceTool } from "./queries";
import { TraceValues } from "./TraceValues";

type ToolName = keyof typeof agent.trace.tool;
type ClaimName = keyof typeof agent.trace.claim;
const RULES = "rules";

/** How long it took, in seconds. */
export function Took({ ms }: { ms: number }) {
  const { t } = useTranslation();
  return (
    <span className="whitespace-nowrap tabular-nums">{t("agent.seconds", { seconds: saySeconds(ms) })}</span>
  );
}

const saySeconds = (ms: number) => (ms > 0 && ms < 100 ? "0.1" : (ms / 1000).toFixed(1));

export function Cost({ micros }: { micros: number | null }) {
  const { t } = useTranslation();
  if (micros === null) return t("agent.priceUnknown");
  return (
    <bdi dir="ltr" className="tabular-nums">
      {sayDollars(micros)}
    </bdi>
  );
}

/** Who answered: a model by its name, or the rules. */
export function ModelName({ model }: { model: string }) {
  const { t } = useTranslation();
  if (model === RULES || model === "none") return t(`agent.model.${model}`);
  return <bdi dir="ltr">{model}</bdi>;
}

export function useToolName(): (tool: string) => string {
  const { t } = useTranslation();
  return (tool) => (tool in agent.trace.tool ? t(`agent.trace.tool.${tool as ToolName}`) : tool);
}

/** Why the agent said what it said, from what it heard to what it cost. */
export function Trace({ trace, messages }: { trace: TraceData; messages: Said[] | undefined }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-6">
      <Facts trace={trace} />
      <Section title={t("agent.trace.said")}>
        <SaidWords trace={trace} messages={messages} />
      </Section>
      {trace.rewritten ? <RewrittenWords why={trace.rewritten} draft={trace.draft ?? null} /> : null}
      <Section title={t("agent.trace.heard")}>
        {trace.heard ? (
          <TraceValues values={trace.heard} none={t("agent.trace.heardNothing")} />
        ) : (
          <p className="text-ink-soft">{t("agent.trace.notKept")}</p>
        )}
      </Section>
      <Section title={t("agent.trace.did")}>
        {trace.tools.length ? (
          <ol className="flex flex-col gap-3">
            {trace.tools.map((tool, index) => (
              <Tool key={index} tool={tool} />
            ))}
          </ol>
        ) : (
          <p className="text-ink-soft">{t("agent.trace.didNothing")}</p>
        )}
      </Section>
      <Section title={t("agent.trace.asked")}>
        <Attempts trace={trace} />
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 font-bold">{title}</h3>
      {children}
    </section>
  );
}

function Facts({ trace }: { trace: TraceData }) {
  const { t } = useTranslation();
  const [own, edit] = (trace.prompt_version.split("+")[1] ?? "").split("~");
  const { input_tokens: read, output_tokens: written } = trace.usage;
  const tokens = (number: number) => t("agent.trace.tokens", { number: number.toLocaleString("en-US") });
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 rounded-card bg-sunken p-3 sm:grid-cols-3">
      <Fact name={t("agent.trace.model")}>
        <ModelName model={trace.model} />
      </Fact>
      <Fact name={t("agent.trace.latency")}>
        <Took ms={trace.latency_ms} />
      </Fact>
      <Fact name={t("agent.trace.cost")}>
        <Cost micros={trace.cost_micros} />
      </Fact>
      <Fact name={t("agent.trace.prompt")}>
        <span title={trace.prompt_version}>
          {own
            ? t(edit ? "agent.trace.ownDraft" : "agent.trace.own", { number: own })
            : t("agent.trace.base")}
        </span>
      </Fact>
      {read ? <Fact name={t("agent.trace.tokensIn")}>{tokens(read)}</Fact> : null}
      {written ? <Fact name={t("agent.trace.tokensOut")}>{tokens(written)}</Fact> : null}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-ink-soft">{name}</dt>
      <dd className="break-words tabular-nums">{children}</dd>
    </div>
  );
}

function SaidWords({ trace, messages }: { trace: TraceData; messages: Said[] | undefined }) {
  const { t } = useTranslation();
  if (!messages) return <div className="skeleton h-20" />;
  const asked = messages.filter((one) => trace.messages.includes(one.id));
  const reply = messages.find((one) => one.id === trace.message_id);
  if (!asked.length && !reply) return <p className="text-ink-soft">{t("agent.trace.saidGone")}</p>;
  return (
    <div className="flex flex-col gap-2">
      {asked.map((one) => (
        <Bubble
          key={one.id}
          icon={<UserRound className="size-4" />}
          who={t("agent.trace.customer")}
          className="bg-sunken"
        >
          {one.text || t(`words.kind.${one.kind}`)}
        </Bubble>
      ))}
      {reply ? (
        <Bubble
          icon={<Bot className="size-4" />}
          who={t("agent.trace.replied")}
          className="bg-accent-soft text-accent-text"
        >
          {reply.text}
        </Bubble>
      ) : null}
    </div>
  );
}

function Bubble(props: { icon: ReactNode; who: string; children: string; className: string }) {
  return (
    <div className={cn("rounded-card p-3", props.className)}>
      <p className="mb-1 flex items-center gap-1.5 text-sm font-medium">
        {props.icon}
        {props.who}
      </p>
      <p dir="auto" className="whitespace-pre-wrap break-words text-ink">
        {props.children}
      </p>
    </div>
  );
}

function RewrittenWords({ why, draft }: { why: Schemas["Unproven"]; draft: string | null }) {
  const { t } = useTranslation();
  const named = why.items.map((one) => {
    if (why.kind === "prices") return sayShekels(Number(one));
    return one in agent.trace.claim ? t(`agent.trace.claim.${one as ClaimName}`) : one;
  });
  return (
    <section className="rounded-card bg-amber-soft p-3 text-amber">
      <h3 className="mb-1 flex items-center gap-2 font-bold">
        <TriangleAlert className="size-4 shrink-0" />
        {t("agent.trace.rewritten")}
      </h3>
      <p>
        {t(`agent.trace.unproven.${why.kind}`, { what: named.join(", ") })} {t("agent.trace.rewrittenWords")}
      </p>
      {draft ? (
        <>
          <h4 className="mt-3 text-sm font-medium">{t("agent.trace.draft")}</h4>
          <p dir="auto" className="mt-1 rounded-control bg-surface p-2 whitespace-pre-wrap text-ink">
            {draft}
          </p>
        </>
      ) : null}
    </section>
  );
}

function Tool({ tool }: { tool: TraceTool }) {
  const { t } = useTranslation();
  const toolName = useToolName();
  const nothing = !Object.keys(tool.outcome).length;
  return (
    <li className="rounded-card border border-line p-3">
      <p className="mb-2 font-medium">{toolName(tool.tool)}</p>
      <h4 className="text-sm font-medium text-ink-soft">{t("agent.trace.given")}</h4>
      <TraceValues values={tool.arguments} none={t("agent.trace.nothingGiven")} />
      <h4 className="mt-3 text-sm font-medium text-ink-soft">{t("agent.trace.got")}</h4>
      {nothing ? (
        <p className="flex items-center gap-2 text-amber">
          <TriangleAlert className="size-4 shrink-0" />
          {t("agent.trace.noOutcome")}
        </p>
      ) : (
        <TraceValues values={tool.outcome} none={t("agent.trace.nothingGiven")} />
      )}
      <details className="mt-2 text-sm">
        <summary className="w-fit cursor-pointer py-1 text-ink-soft hover:text-ink">
          {t("agent.trace.raw")}
        </summary>
        <pre
          dir="ltr"
          className="thin-scroll mt-1 rounded-control bg-sunken p-2 text-xs break-words whitespace-pre-wrap"
        >
          {JSON.stringify(tool, null, 1)}
        </pre>
      </details>
    </li>
  );
}

function Attempts({ trace }: { trace: TraceData }) {
  const { t } = useTranslation();
  if (!trace.attempts.length) return <p className="text-ink-soft">{t("agent.trace.askedNobody")}</p>;
  return (
    <ol className="flex flex-col gap-2">
      {trace.attempts.map((attempt, index) => (
        <AttemptLine key={index} attempt={attempt} />
      ))}
      {trace.model === RULES ? (
        <li className="flex gap-2">
          <Check className="mt-0.5 size-4 shrink-0 text-green" />
          {t("agent.trace.thenRules")}
        </li>
      ) : null}
    </ol>
  );
}

function AttemptLine({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation();
  const { failure, kind } = attempt;
  return (
    <li className="flex gap-2">
      {failure ? (
        <CircleAlert className="mt-0.5 size-4 shrink-0 text-red" />
      ) : (
        <Check className="mt-0.5 size-4 shrink-0 text-green" />
      )}
      <div className="min-w-0">
        <p>
          <bdi dir="ltr" className="font-medium">
            {attempt.model}
          </bdi>
          {": "}
          {kind ? t(`agent.trace.failure.${kind}`) : t("agent.trace.answered")}
          {" · "}
          <Took ms={attempt.ms} />
        </p>
        {failure ? (
          <p className="text-sm break-words text-ink-soft">
            <bdi dir="ltr">{failure}</bdi>
          </p>
        ) : null}
      </div>
    </li>
  );
}
