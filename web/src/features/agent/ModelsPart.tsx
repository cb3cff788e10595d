import { CircleCheck, CircleSlash, KeyRound, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Cost, Took } from "@/domain/trace/Trace";
import { cn } from "@/lib/cn";
import { useBusiness } from "@/session/business";
import { Badge } from "@/ui/Badge";
import { Failed, Skeletons } from "@/ui/Page";
import { type ModelDoing, useModels } from "./api";

const RULES = "rules";
const PROVIDERS: Record<string, { name: string; setting: string }> = {
  google: { name: "Google", setting: "PROLI_MODEL_GEMINI_API_KEY" },
  openai: { name: "OpenAI", setting: "PROLI_MODEL_OPENAI_API_KEY" },
  "openai-chat": { name: "OpenAI", setting: "PROLI_MODEL_OPENAI_API_KEY" },
};

/** Who is asked, in which order, and how they have been doing. */
export function ModelsPart() {
  const { t } = useTranslation();
  const { data: models, error, refetch } = useModels();
  if (error && !models) return <Failed error={error} retry={() => void refetch()} />;
  if (!models) return <Skeletons rows={4} className="h-28" />;
  const none = models.every((one) => one.model === RULES || !one.usable);
  return (
    <div className="flex max-w-4xl flex-col gap-4">
      <p className="max-w-[70ch] text-ink-soft">
        {t("agent.models.intro")} {t("agent.models.window")}
      </p>
      {none ? (
        <div role="status" className="flex gap-2 rounded-card bg-amber-soft p-4 text-amber">
          <TriangleAlert className="mt-0.5 size-5 shrink-0" />
          <p>
            <strong>{t("agent.models.noModel")}</strong> {t("agent.models.noModelWords")}
          </p>
        </div>
      ) : null}
      <ol className="flex flex-col gap-3">
        {models.map((model) => (
          <Rung key={model.model} model={model} />
        ))}
      </ol>
    </div>
  );
}

function Rung({ model }: { model: ModelDoing }) {
  const { t } = useTranslation();
  const [provider, name] = model.model.includes(":") ? model.model.split(":", 2) : ["", model.model];
  const rules = model.model === RULES;
  return (
    <li className="rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span
          title={model.place ? t("agent.models.place", { place: model.place }) : t("agent.models.off")}
          className={cn(
            "grid size-7 shrink-0 place-items-center rounded-full text-sm font-bold tabular-nums",
            model.usable ? "bg-accent-soft text-accent-text" : "bg-grey-soft text-grey",
          )}
        >
          {model.place ?? "–"}
        </span>
        <h2 className="min-w-0 text-base font-bold break-words">
          {rules ? t("agent.models.rules") : <bdi dir="ltr">{name}</bdi>}
        </h2>
        <State model={model} />
      </div>
      <p className="mt-1 ps-10 text-sm text-ink-soft">
        <Explained model={model} provider={provider ?? ""} />
      </p>
      <Figures model={model} />
    </li>
  );
}

function State({ model }: { model: ModelDoing }) {
  const { t } = useTranslation();
  if (model.place === null) {
    return (
      <Badge>
        <CircleSlash className="size-3.5" />
        {t("agent.models.off")}
      </Badge>
    );
  }
  if (!model.usable) {
    return (
      <Badge tone="amber">
        <KeyRound className="size-3.5" />
        {t("agent.models.noKey")}
      </Badge>
    );
  }
  return (
    <Badge tone="green">
      <CircleCheck className="size-3.5" />
      {t("agent.models.ready")}
    </Badge>
  );
}

function Explained({ model, provider }: { model: ModelDoing; provider: string }) {
  const { t } = useTranslation();
  if (model.model === RULES) return t("agent.models.rulesWords");
  if (model.place === null) return t("agent.models.offWords");
  if (model.usable) return PROVIDERS[provider]?.name ?? provider;
  const known = PROVIDERS[provider];
  if (!known) return t("agent.models.noKeyPlain");
  return t("agent.models.noKeyWords", { provider: known.name, setting: `\u2068${known.setting}\u2069` });
}

function Figures({ model }: { model: ModelDoing }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  if (!model.turns && !model.failures) {
    return <p className="mt-3 ps-10 text-ink-soft">{t("agent.models.quiet")}</p>;
  }
  return (
    <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-3 ps-10 sm:grid-cols-5">
      <Figure name={t("agent.models.turns")}>
        {model.turns ? (
          <Link
            to={`/b/${slug}/agent?part=traces`}
            className="underline decoration-line-strong underline-offset-4"
          >
            {model.turns.toLocaleString("en-US")}
          </Link>
        ) : (
          0
        )}
      </Figure>
      <Figure name={t("agent.models.median")}>
        {model.median_ms === null ? "–" : <Took ms={model.median_ms} />}
      </Figure>
      <Figure name={t("agent.models.p95")}>{model.p95_ms === null ? "–" : <Took ms={model.p95_ms} />}</Figure>
      <Figure name={t("agent.models.failures")}>
        <span className={cn(model.failures > 0 && "font-bold text-red")}>
          {model.failures.toLocaleString("en-US")}
        </span>
      </Figure>
      <Figure name={t("agent.models.cost")}>{model.turns ? <Cost micros={model.cost_micros} /> : "–"}</Figure>
    </dl>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-ink-soft">{name}</dt>
      <dd className="text-lg font-medium tabular-nums">{children}</dd>
    </div>
  );
}
