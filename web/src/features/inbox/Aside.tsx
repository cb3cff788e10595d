import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Person } from "@/domain/Person";
import { type Stage, stageOf, useStages } from "@/domain/stages";
import { useTradeName } from "@/domain/trades";
import { useBusiness } from "@/session/business";
import { Badge, toneOf } from "@/ui/Badge";
import { Skeletons } from "@/ui/Page";
import { When, Words } from "@/ui/Said";
import { useContactLeads } from "./api";
import { Notes } from "./Notes";

const NO_STAGES: Stage[] = [];

/** Whom the conversation is with: their requests, the newest first, and what staff note about them. */
export function Aside({ contactId }: { contactId: number }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { data } = useContactLeads(contactId);
  const { data: stages = NO_STAGES } = useStages();
  const tradeName = useTradeName();
  if (!data) return <Skeletons rows={4} className="m-4" />;
  const newest = data.leads[0];
  return (
    <div className="flex flex-col gap-5 p-4">
      <section>
        <h3 className="mb-2 font-bold">{t("inbox.requests")}</h3>
        {data.leads.length ? null : <p className="text-ink-soft">{t("inbox.noRequests")}</p>}
        <ul className="flex flex-col gap-2">
          {data.leads.map((lead) => {
            const stage = stageOf(stages, lead);
            return (
              <li key={lead.id}>
                <Link
                  to={`/b/${slug}/leads/${lead.id}`}
                  className="block rounded-card border border-line p-3 hover:bg-sunken"
                >
                  <span className="flex items-center gap-2">
                    <Badge tone={toneOf(stage?.colour ?? "grey")}>{stage?.name}</Badge>
                    <When at={lead.created_at} className="ms-auto text-xs text-ink-soft" />
                  </span>
                  {lead.description ? (
                    <span className="mt-1.5 line-clamp-2">
                      <Words>{lead.description}</Words>
                    </span>
                  ) : null}
                  <span className="mt-1 block text-sm text-ink-soft">
                    {[tradeName(lead.trade), lead.locality, lead.address, lead.professional]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                </Link>
              </li>
            );
          })}
        </ul>
      </section>
      {newest ? <Notes leadId={newest.id} /> : null}
      <Person contactId={contactId} />
    </div>
  );
}
