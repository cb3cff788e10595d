import { MessageSquare } from "lucide-react";
import { Tabs } from "radix-ui";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Person } from "@/domain/Person";
import { PersonCalls } from "@/domain/PersonCalls";
import { UrgencyBadge } from "@/domain/UrgencyBadge";
import { useBusiness } from "@/session/business";
import { Button } from "@/ui/Button";
import { Failed, Skeletons } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Phone, Words } from "@/ui/Said";
import { useLead } from "../api";
import { Attention, StageBadge } from "../parts";
import { DispatchTab } from "./DispatchTab";
import { Duplicates } from "./Duplicates";
import { LeadForm } from "./LeadForm";
import { LeahRings } from "./LeahRings";
import { Tasks } from "./Tasks";
import { Timeline } from "./Timeline";
import { WriteTo } from "./WriteTo";

const TABS = ["details", "dispatch", "timeline"] as const;

interface Props {
  leadId: number;
  onClose: () => void;
  onOpen: (id: number) => void;
}

/** One request with all that is known of it, beside the list it was opened from. */
export function LeadPanel({ leadId, onClose, onOpen }: Props) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { data: lead, error, refetch } = useLead(leadId);
  const title = lead ? <Words>{lead.customer_name ?? t("leads.nameless")}</Words> : t("leads.one");
  return (
    <Panel open wide onClose={onClose} title={title}>
      {error && !lead ? <Failed error={error} retry={() => void refetch()} /> : null}
      {!lead && !error ? <Skeletons rows={8} /> : null}
      {lead ? (
        <div className="flex flex-col gap-4">
          <div className="flex flex-wrap items-center gap-2">
            <StageBadge lead={lead} />
            <UrgencyBadge urgency={lead.urgency} />
            <Attention reason={lead.attention} />
            {lead.phone ? <Phone e164={lead.phone} className="ms-auto font-medium" /> : null}
            {lead.conversation_id ? (
              <Button asChild size="sm">
                <Link to={`/b/${slug}/inbox/${lead.conversation_id}`}>
                  <MessageSquare className="size-4" />
                  {t("leads.conversation")}
                </Link>
              </Button>
            ) : (
              <WriteTo lead={lead} />
            )}
            <LeahRings lead={lead} />
          </div>
          <Duplicates lead={lead} onMoved={onOpen} />
          <Tabs.Root defaultValue="details">
            <Tabs.List className="mb-4 flex gap-1 border-b border-line" aria-label={t("leads.one")}>
              {TABS.map((tab) => (
                <Tabs.Trigger
                  key={tab}
                  value={tab}
                  className="-mb-px border-b-2 border-transparent px-3 py-2 font-medium text-ink-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:text-accent-text"
                >
                  {t(`leads.tab_${tab}`)}
                </Tabs.Trigger>
              ))}
            </Tabs.List>
            <Tabs.Content value="details" className="flex flex-col gap-6">
              <LeadForm lead={lead} />
              <Tasks leadId={leadId} />
              <PersonCalls contactId={lead.contact_id} />
              <Person contactId={lead.contact_id} />
            </Tabs.Content>
            <Tabs.Content value="dispatch">
              <DispatchTab lead={lead} />
            </Tabs.Content>
            <Tabs.Content value="timeline">
              <Timeline lead={lead} />
            </Tabs.Content>
          </Tabs.Root>
        </div>
      ) : null}
    </Panel>
  );
}
