import { Tabs } from "radix-ui";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useMay } from "@/session/business";
import { Page } from "@/ui/Page";
import { ModelsPart } from "./ModelsPart";
import { PromptsPart } from "./PromptsPart";
import { TracesPart } from "./TracesPart";

const PARTS = ["prompts", "traces", "models"] as const;

/** What the agent is told, what it has answered and why, and who thinks for it. */
export function AgentPage() {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const parts = useMay("manager") ? PARTS : PARTS.filter((one) => one === "traces");
  const part = parts.find((one) => one === query.get("part")) ?? parts[0];
  return (
    <Tabs.Root
      className="min-h-full"
      value={part}
      onValueChange={(next) => setQuery({ part: next }, { replace: true })}
    >
      <Page
        title={t("agent.title")}
        tools={
          <Tabs.List className="flex gap-1 border-b border-line" aria-label={t("agent.parts")}>
            {parts.map((one) => (
              <Tabs.Trigger
                key={one}
                value={one}
                className="-mb-px border-b-2 border-transparent px-3 py-2 font-medium text-ink-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:text-accent-text"
              >
                {t(`agent.part.${one}`)}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
        }
      >
        <Tabs.Content value="prompts">
          <PromptsPart />
        </Tabs.Content>
        <Tabs.Content value="traces">
          <TracesPart />
        </Tabs.Content>
        <Tabs.Content value="models">
          <ModelsPart />
        </Tabs.Content>
      </Page>
    </Tabs.Root>
  );
}
