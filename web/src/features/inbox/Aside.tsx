import { useTranslation } from "react-i18next";
import { LeadCard } from "@/domain/LeadCard";
import { Person } from "@/domain/Person";
import { PersonCalls } from "@/domain/PersonCalls";
import { Skeletons } from "@/ui/Page";
import { useContactLeads } from "./api";
import { Notes } from "./Notes";

/** Whom the conversation is with: their requests and calls, the newest first, and what staff note about them. */
export function Aside({ contactId }: { contactId: number }) {
  const { t } = useTranslation();
  const { data } = useContactLeads(contactId);
  if (!data) return <Skeletons rows={4} className="m-4" />;
  const newest = data.leads[0];
  return (
    <div className="flex flex-col gap-5 p-4">
      <section>
        <h3 className="mb-2 font-bold">{t("inbox.requests")}</h3>
        {data.leads.length ? null : <p className="text-ink-soft">{t("inbox.noRequests")}</p>}
        <ul className="flex flex-col gap-2">
          {data.leads.map((lead) => (
            <li key={lead.id}>
              <LeadCard lead={lead} />
            </li>
          ))}
        </ul>
      </section>
      <PersonCalls contactId={contactId} />
      {newest ? <Notes leadId={newest.id} /> : null}
      <Person contactId={contactId} />
    </div>
  );
}
