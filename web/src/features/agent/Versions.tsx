import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Who } from "@/domain/Who";
import { Badge, type Tone } from "@/ui/Badge";
import { Button, IconButton } from "@/ui/Button";
import { Card, Empty } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { When } from "@/ui/Said";
import { type Prompt, type Prompts, publishedOf, useRollBack } from "./api";
import { Diff } from "./Diff";

const TONES: Record<Prompt["status"], Tone> = { draft: "amber", published: "green", archived: "grey" };

/** Every version with who and when: one click brings it back, or shows its text and what it would change. */
export function Versions({ prompts }: { prompts: Prompts }) {
  const { t } = useTranslation();
  const [number, setNumber] = useState<number | null>(null);
  const back = useRollBack(prompts.channel);
  const opened = prompts.versions.find((one) => one.number === number);
  return (
    <Card title={t("agent.prompts.versions")}>
      {prompts.versions.length ? (
        <ol className="-mx-2 flex flex-col">
          {prompts.versions.map((one) => (
            <li key={one.number} className="flex items-center gap-1 border-line not-last:border-b">
              <button
                type="button"
                onClick={() => setNumber(one.number)}
                className="flex min-w-0 grow flex-wrap items-center gap-x-3 gap-y-1 rounded-control px-2 py-2 text-start hover:bg-sunken"
              >
                <span className="font-medium">{t("agent.prompts.version", { number: one.number })}</span>
                <StatusBadge status={one.status} />
                <span className="ms-auto text-sm text-ink-soft">
                  <By actor={one.actor} /> · <When at={one.published_at ?? one.changed_at} />
                </span>
              </button>
              {one.status === "archived" ? (
                <IconButton
                  disabled={back.busy}
                  aria-label={`${t("agent.prompts.rollBack")}: ${one.number}`}
                  title={t("agent.prompts.rollBack")}
                  onClick={() => back.run(one.number, publishedOf(prompts)?.number)}
                >
                  <RotateCcw className="size-4" />
                </IconButton>
              ) : (
                <span className="size-8 shrink-0" />
              )}
            </li>
          ))}
        </ol>
      ) : (
        <Empty title={t("agent.prompts.noVersions")}>{t("agent.prompts.noVersionsWords")}</Empty>
      )}
      {opened ? <VersionPanel prompts={prompts} opened={opened} onClose={() => setNumber(null)} /> : null}
    </Card>
  );
}

function StatusBadge({ status }: { status: Prompt["status"] }) {
  const { t } = useTranslation();
  return <Badge tone={TONES[status]}>{t(`agent.prompts.status.${status}`)}</Badge>;
}

function By({ actor }: { actor: Prompt["actor"] }) {
  const { t } = useTranslation();
  if (actor.kind !== "staff") return t("agent.prompts.automatic");
  return (
    <>
      {t("agent.prompts.by")} <Who actor={actor} />
    </>
  );
}

function VersionPanel(props: { prompts: Prompts; opened: Prompt; onClose: () => void }) {
  const { t } = useTranslation();
  const { prompts, opened, onClose } = props;
  const published = publishedOf(prompts);
  const back = useRollBack(prompts.channel);
  const rollBack = () => {
    back.run(opened.number, published?.number);
    onClose();
  };
  return (
    <Panel
      open
      wide
      onClose={onClose}
      title={t("agent.prompts.version", { number: opened.number })}
      actions={
        opened.status === "archived" ? (
          <Button look="primary" onClick={rollBack}>
            {t("agent.prompts.rollBack")}
          </Button>
        ) : null
      }
    >
      <div className="flex flex-col gap-6">
        <p className="flex flex-wrap items-center gap-2 text-ink-soft">
          <StatusBadge status={opened.status} />
          <span>
            <By actor={opened.actor} /> · <When at={opened.published_at ?? opened.changed_at} />
          </span>
        </p>
        {opened.status !== "published" && published ? (
          <section>
            <h3 className="mb-2 font-bold">{t("agent.prompts.compare")}</h3>
            <Diff before={published.text} after={opened.text} />
          </section>
        ) : null}
        <section>
          <h3 className="mb-2 font-bold">{t("agent.prompts.whole")}</h3>
          <PromptText text={opened.text} />
        </section>
      </div>
    </Panel>
  );
}

export function PromptText({ text }: { text: string }) {
  const { t } = useTranslation();
  if (!text) return <p className="text-ink-soft">{t("agent.prompts.emptyText")}</p>;
  return (
    <p dir="auto" className="max-w-[70ch] whitespace-pre-wrap break-words">
      {text}
    </p>
  );
}
