import { Tabs } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Professional } from "@/domain/professionals";
import { useAddress } from "@/lib/address";
import { cn } from "@/lib/cn";
import { useMay } from "@/session/business";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Failed, Skeletons } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Words } from "@/ui/Said";
import { ActivityTab } from "./ActivityTab";
import { useProfessional } from "./api";
import { type Name, useDraft } from "./draft";
import { HoursTab } from "./hours/HoursTab";
import { ProfileTab } from "./ProfileTab";
import { PromptTab } from "./PromptTab";
import { Rating } from "./parts";
import { PricesTab } from "./prices/PricesTab";

const TABS = ["profile", "hours", "prices", "prompt", "activity"] as const;
type Tab = (typeof TABS)[number];

/** On which tab a field is. */
const tabOf = (name: Name): Tab =>
  name === "hours" || name === "exceptions" ? "hours" : name === "prompt" ? "prompt" : "profile";

interface Props {
  professionalId: number;
  onClose: () => void;
}

/** One professional beside the list. */
export function ProfessionalPanel({ professionalId, onClose }: Props) {
  const { t } = useTranslation();
  const { data, error, refetch } = useProfessional(professionalId);
  if (data) return <Loaded professional={data} onClose={onClose} />;
  return (
    <Panel open wide onClose={onClose} title={t("professionals.one")}>
      {error ? <Failed error={error} retry={() => void refetch()} /> : <Skeletons rows={8} />}
    </Panel>
  );
}

function Loaded({ professional, onClose }: { professional: Professional; onClose: () => void }) {
  const { t } = useTranslation();
  const mayEdit = useMay("manager");
  const draft = useDraft(professional);
  const [query, put] = useAddress();
  const [leaving, setLeaving] = useState(false);
  const tab = TABS.find((one) => one === query.get("tab")) ?? "profile";
  const open = (next: string) => put({ tab: next });
  const save = () => {
    setLeaving(false);
    const [fault] = draft.faults;
    if (fault) open(tabOf(fault));
    else draft.save();
  };
  const leave = () => {
    draft.drop();
    onClose();
  };
  const close = () => (draft.dirty && !leaving ? setLeaving(true) : leave());
  const general = draft.general ?? (leaving && draft.dirty ? t("professionals.unsaved") : null);

  return (
    <Panel
      open
      wide
      onClose={close}
      title={<Words>{professional.name}</Words>}
      actions={
        draft.dirty ? (
          <>
            {general ? (
              <p
                role="alert"
                className={cn(
                  "w-full rounded-control p-3",
                  draft.general ? "bg-red-soft text-red" : "bg-amber-soft text-amber",
                )}
              >
                {general}
              </p>
            ) : null}
            <span className="me-auto self-center text-sm text-ink-soft">
              {draft.faults.length ? t("professionals.faulty") : null}
            </span>
            {leaving ? (
              <Button look="danger" onClick={leave}>
                {t("professionals.leave")}
              </Button>
            ) : (
              <Button onClick={draft.drop}>
                {draft.conflict ? t("professionals.keepTheirs") : t("common.cancel")}
              </Button>
            )}
            <Button look="primary" busy={draft.busy} onClick={save}>
              {draft.conflict ? t("professionals.saveOver") : t("common.save")}
            </Button>
          </>
        ) : null
      }
    >
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <Rating of={professional} />
        {professional.active ? null : <Badge>{t("professionals.inactive")}</Badge>}
      </div>
      <Tabs.Root value={tab} onValueChange={open}>
        <Tabs.List
          aria-label={professional.name}
          className="thin-scroll -mx-4 mb-4 flex gap-1 overflow-x-auto border-b border-line px-4"
        >
          {TABS.map((one) => (
            <Tabs.Trigger
              key={one}
              value={one}
              className="border-b-2 border-transparent px-3 py-2 font-medium whitespace-nowrap text-ink-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:text-accent-text"
            >
              {t(`professionals.tab_${one}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="profile">
          <ProfileTab professional={professional} draft={draft} mayEdit={mayEdit} />
        </Tabs.Content>
        <Tabs.Content value="hours">
          <HoursTab professional={professional} draft={draft} mayEdit={mayEdit} />
        </Tabs.Content>
        <Tabs.Content value="prices">
          <PricesTab professional={professional} mayEdit={mayEdit} />
        </Tabs.Content>
        <Tabs.Content value="prompt">
          <PromptTab draft={draft} mayEdit={mayEdit} />
        </Tabs.Content>
        <Tabs.Content value="activity">
          <ActivityTab professionalId={professional.id} />
        </Tabs.Content>
      </Tabs.Root>
    </Panel>
  );
}
