import { useTranslation } from "react-i18next";
import { useAddress } from "@/lib/address";
import { Segments } from "@/ui/Chips";
import { Card, Failed, Skeletons } from "@/ui/Page";
import { When } from "@/ui/Said";
import { CHANNELS, type Channel, type Prompts, publishedOf, usePrompts } from "./api";
import { DraftCard } from "./DraftCard";
import { PromptText, Versions } from "./Versions";

/** What a business tells its agent, channel by channel. */
export function PromptsPart() {
  const { t } = useTranslation();
  const [query, put] = useAddress();
  const channel = CHANNELS.find((one) => one === query.get("channel")) ?? "whatsapp";
  const { data: prompts, error, refetch } = usePrompts(channel);
  const choose = (next: Channel) => put({ channel: next === "whatsapp" ? null : next });
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Segments<Channel>
          label={t("agent.channels")}
          value={channel}
          onChange={choose}
          options={CHANNELS.map((one) => ({ value: one, label: t(`agent.channel.${one}`) }))}
        />
        <p className="max-w-[70ch] text-ink-soft">{t("agent.prompts.intro")}</p>
      </div>
      {error && !prompts ? <Failed error={error} retry={() => void refetch()} /> : null}
      {!prompts && !error ? <Skeletons rows={4} className="h-24" /> : null}
      {prompts ? <Channels key={channel} prompts={prompts} /> : null}
    </div>
  );
}

function Channels({ prompts }: { prompts: Prompts }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        <DraftCard prompts={prompts} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <Published prompts={prompts} />
        <Versions prompts={prompts} />
        <Template prompts={prompts} />
      </div>
    </div>
  );
}

function Published({ prompts }: { prompts: Prompts }) {
  const { t } = useTranslation();
  const published = publishedOf(prompts);
  return (
    <Card
      title={t("agent.prompts.publishedText")}
      action={
        published?.published_at ? (
          <When at={published.published_at} className="text-sm text-ink-soft" />
        ) : null
      }
    >
      {published ? (
        <PromptText text={published.text} />
      ) : (
        <p className="text-ink-soft">{t("agent.prompts.notPublished")}</p>
      )}
    </Card>
  );
}

function Template({ prompts }: { prompts: Prompts }) {
  const { t } = useTranslation();
  return (
    <Card title={t("agent.prompts.template")}>
      <p className="text-ink-soft">{t("agent.prompts.templateWords")}</p>
      <details className="mt-2">
        <summary className="w-fit cursor-pointer py-1 font-medium text-accent-text">
          {t("agent.prompts.showTemplate")}
        </summary>
        <p dir="auto" className="mt-2 rounded-control bg-sunken p-3 text-sm break-words whitespace-pre-wrap">
          {prompts.template}
        </p>
      </details>
    </Card>
  );
}
