import { PhoneCall, RotateCcw } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { type Professional, useProfessionals } from "@/domain/professionals";
import { useLanguage } from "@/i18n/language";
import { useBusiness, useMay, usePlaybook } from "@/session/business";
import { Button } from "@/ui/Button";
import { Segments } from "@/ui/Chips";
import { Field, Select } from "@/ui/Field";
import { Page } from "@/ui/Page";
import { Switch } from "@/ui/Switch";
import { usePhone, useSimulatedLead } from "./api";
import { Journey } from "./JourneyCard";
import { PhoneFrame } from "./PhoneFrame";
import { TimeTravel } from "./TimeTravel";

const NOBODY: Professional[] = [];
type Side = "customer" | "lead" | "professional";

/** A number of the range that is nobody's, so that every play begins with somebody new. */
const newNumber = () => `+97250555${String(Math.floor(Math.random() * 10_000)).padStart(4, "0")}`;

/** Two phones and the lead between them: what is said here goes the way of every message. */
export function SimulatorPage() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { starters } = usePlaybook();
  const language = useLanguage();
  const [query, setQuery] = useSearchParams();
  const [side, setSide] = useState<Side>("customer");
  const { data: professionals = NOBODY } = useProfessionals();
  const customer = query.get("customer");
  const draft = query.get("draft") === "1";
  const mayCall = useMay("manager");
  const mayTryDraft = mayCall || draft;
  const state = usePhone(customer);
  const { lead, dispatch } = useSimulatedLead(state.data?.lead_id);

  useEffect(() => {
    if (customer) return;
    setQuery((now) => ({ ...Object.fromEntries(now), customer: newNumber() }), { replace: true });
  }, [customer, setQuery]);
  const kept: Record<string, string> = draft ? { draft: "1" } : {};

  const asked = dispatch?.offers[0]?.professional_id ?? lead?.professional_id;
  const chosen = Number(query.get("professional")) || asked || professionals[0]?.id;
  const professional = professionals.find((one) => one.id === chosen);

  return (
    <Page
      full
      title={t("simulator.title")}
      actions={
        <>
          <TimeTravel />
          {mayCall && customer ? (
            <Button asChild>
              <Link to={`/b/${slug}/calls/test?customer=${encodeURIComponent(customer)}`}>
                <PhoneCall className="size-4" />
                {t("simulator.byPhone")}
              </Link>
            </Button>
          ) : null}
          {mayTryDraft ? (
            <Switch
              label={t("simulator.byDraft")}
              checked={draft}
              onChange={(on) => setQuery({ customer: newNumber(), ...(on ? { draft: "1" } : {}) })}
            />
          ) : null}
          <Button onClick={() => setQuery({ customer: newNumber(), ...kept })}>
            <RotateCcw className="size-4" />
            {t("simulator.again")}
          </Button>
        </>
      }
      tools={
        <div className="lg:hidden">
          <Segments<Side>
            label={t("simulator.side")}
            value={side}
            onChange={setSide}
            options={(["customer", "lead", "professional"] as const).map((value) => ({
              value,
              label: t(`simulator.${value}`),
            }))}
          />
        </div>
      }
    >
      <div className="grid h-full grid-cols-1 gap-6 pb-4 lg:grid-cols-[minmax(0,340px)_minmax(220px,1fr)_minmax(0,340px)]">
        <div className={side === "customer" ? "min-h-0" : "hidden min-h-0 lg:block"}>
          <PhoneFrame
            phone={customer}
            name={t("simulator.customerName")}
            label={t("simulator.customer")}
            draft={draft}
            starters={starters.map((words) => words[language])}
          />
        </div>
        <div
          className={side === "lead" ? "min-h-0 overflow-y-auto" : "hidden min-h-0 overflow-y-auto lg:block"}
        >
          <Journey lead={lead} dispatch={dispatch} />
        </div>
        <div
          className={
            side === "professional" ? "flex min-h-0 flex-col gap-2" : "hidden min-h-0 flex-col gap-2 lg:flex"
          }
        >
          <PhoneFrame
            phone={professional?.phone_e164 ?? null}
            name={professional?.name ?? ""}
            label={t("simulator.professional")}
            head={
              <Field label={t("simulator.whose")} silent className="min-w-0 grow">
                <Select
                  className="h-8"
                  value={chosen ?? ""}
                  onChange={(event) =>
                    setQuery(
                      { ...(customer ? { customer } : {}), ...kept, professional: event.target.value },
                      { replace: true },
                    )
                  }
                >
                  {professionals.map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.name}
                    </option>
                  ))}
                </Select>
              </Field>
            }
          />
        </div>
      </div>
    </Page>
  );
}
