import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";
import { useWhen } from "@/lib/clock";
import { instantOf } from "@/lib/time";
import { useBusiness } from "@/session/business";
import { Button } from "@/ui/Button";
import { Field, Input } from "@/ui/Field";
import { useSayRefusal } from "@/ui/Refused";
import { When } from "@/ui/Said";
import { say } from "@/ui/toast";
import { type Lead, useLeadAction } from "../api";
import { Candidate } from "./Candidate";

/** An hour is chosen among those somebody has, or written; then somebody among those who can. */
export function Assign({ lead, onGiven }: { lead: Lead; onGiven?: () => void }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { zone } = useWhen();
  const [at, setAt] = useState<string | null>(null);
  const [written, setWritten] = useState("");
  const sayRefusal = useSayRefusal();
  const complete = Boolean(lead.trade && lead.locality);
  const path = { slug, lead_id: lead.id };
  const times = useQuery({
    queryKey: [slug, "lead", lead.id, "times", lead.version],
    enabled: complete,
    queryFn: () => told(api.GET("/api/businesses/{slug}/leads/{lead_id}/times", { params: { path } })),
  });
  const candidates = useQuery({
    queryKey: [slug, "lead", lead.id, "candidates", at, lead.version],
    enabled: at !== null,
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/leads/{lead_id}/candidates", {
          params: { path, query: { starts_at: at ?? "" } },
        }),
      ),
  });
  const assign = useLeadAction<Schemas["Considered"]>(lead.id, (business, one) =>
    told(
      api.POST("/api/businesses/{slug}/leads/{lead_id}/assign", {
        params: { path: { slug: business, lead_id: lead.id } },
        body: {
          professional_id: one.professional_id,
          starts_at: at ?? "",
          over_limit: one.excluded === "load_limit",
        },
      }),
    ),
  );
  if (!complete)
    return <p className="rounded-control bg-sunken p-3 text-ink-soft">{t("refusals.lead_incomplete")}</p>;
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-bold">{lead.professional_id ? t("leads.transfer") : t("leads.assign")}</h3>
      <div className="flex flex-wrap gap-2">
        {times.isPending ? <div className="skeleton h-8 w-64" /> : null}
        {times.data?.times.map((time) => (
          <Button
            key={time}
            size="sm"
            look={time === at ? "primary" : "secondary"}
            aria-pressed={time === at}
            onClick={() => setAt(time)}
          >
            <When at={time} />
          </Button>
        ))}
        {times.data && !times.data.times.length ? (
          <p className="text-ink-soft">{t("leads.noTimes")}</p>
        ) : null}
      </div>
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          const [date, clock] = written.split("T");
          const [hour, minute] = (clock ?? "").split(":").map(Number);
          if (date && hour !== undefined && minute !== undefined)
            setAt(instantOf(date, hour * 60 + minute, zone).toISOString());
        }}
      >
        <Field label={t("leads.otherHour")}>
          <Input
            type="datetime-local"
            value={written}
            onChange={(event) => setWritten(event.target.value)}
            required
          />
        </Field>
        <Button type="submit">{t("leads.whoCan")}</Button>
      </form>
      {at ? (
        <ul className="flex flex-col divide-y divide-line rounded-card border border-line">
          {candidates.data?.map((one) => (
            <Candidate
              key={one.professional_id}
              one={one}
              action={
                <Button
                  size="sm"
                  look="primary"
                  disabled={one.excluded !== null && one.excluded !== "load_limit"}
                  busy={assign.isPending && assign.variables?.professional_id === one.professional_id}
                  onClick={() =>
                    assign.mutate(one, {
                      onError: sayRefusal,
                      onSuccess: () => {
                        say(t("leads.assigned", { name: one.name }));
                        setAt(null);
                        onGiven?.();
                      },
                    })
                  }
                >
                  {one.excluded === "load_limit" ? t("leads.giveAnyway") : t("leads.giveTo")}
                </Button>
              }
            />
          ))}
          {candidates.data && !candidates.data.length ? (
            <li className="p-3 text-ink-soft">{t("leads.nobodyServes")}</li>
          ) : null}
        </ul>
      ) : null}
    </section>
  );
}

/** The newest ranking: everybody who was considered, with the parts of the score. */
