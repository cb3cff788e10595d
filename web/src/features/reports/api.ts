import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { api, type Schemas, told } from "@/api/client";
import { useAddress } from "@/lib/address";
import { useNow, useWhen } from "@/lib/clock";
import { wallOf } from "@/lib/time";
import { useBusiness } from "@/session/business";
import { useSayRefusal } from "@/ui/Refused";
import { type Asked, addressOf, type Period, type Preset, readPeriod, wrongWith } from "./period";

export type Report = Schemas["Report"];
export type Totals = Schemas["Totals"];
/** Those that can be had as files. */
export type Table =
  | "funnel"
  | "bookings"
  | "acceptance"
  | "ratings"
  | "load"
  | "leads_by_day"
  | "by_trade"
  | "by_locality";

interface AskedHere {
  asked: Asked;
  professionalId: number | null;
  ask: (period: Preset | Period) => void;
  askOf: (professionalId: number | null) => void;
}

/** Which days and of whom: all of it in the address, so that a link shows the same. */
export function useAsked(): AskedHere {
  const [query, put] = useAddress();
  const { zone } = useWhen();
  const today = wallOf(useNow(), zone).date;
  const asked = useMemo(() => readPeriod(query, today), [query, today]);
  return {
    asked,
    professionalId: Number(query.get("professional")) || null,
    ask: (period) => put(addressOf(period)),
    askOf: (professionalId) => put({ professional: professionalId }),
  };
}

const queryOf = ({ first, last }: Period, professionalId: number | null) => ({
  from: first,
  to: last,
  professional_id: professionalId ?? undefined,
});

export function useReport() {
  const { slug } = useBusiness();
  const { asked, professionalId } = useAsked();
  return useQuery({
    queryKey: [slug, "reports", asked.first, asked.last, professionalId],
    enabled: wrongWith(asked) === null,
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/reports", {
          params: { path: { slug }, query: queryOf(asked, professionalId) },
        }),
      ),
  });
}

interface File {
  href: string;
  name: string;
  /** By our own request, which knows how to sign in anew. */
  save: () => Promise<void>;
}

export function useFile(table: Table): File {
  const { slug } = useBusiness();
  const { asked, professionalId } = useAsked();
  const sayRefusal = useSayRefusal();
  const query = queryOf(asked, professionalId);
  const name = `proli-${table}-${asked.first}-${asked.last}.csv`;
  const address = new URLSearchParams({ table, from: query.from, to: query.to });
  if (professionalId !== null) address.set("professional_id", String(professionalId));
  const save = async () => {
    try {
      const file = await told<Blob>(
        api.GET("/api/businesses/{slug}/reports/export", {
          params: { path: { slug }, query: { table, ...query } },
          parseAs: "blob",
        }),
      );
      keep(file, name);
    } catch (error) {
      sayRefusal(error);
    }
  };
  return { href: `/api/businesses/${slug}/reports/export?${address}`, name, save };
}

function keep(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

interface Which {
  status?: string[];
  trade?: string;
  professional?: number;
  words?: string;
  /** Those only that were opened in the period. */
  opened?: boolean;
}

/** The leads behind a figure, newest first, of the professional that the report is of. */
export function useLeadsLink(): (which?: Which) => string {
  const { slug } = useBusiness();
  const { asked, professionalId } = useAsked();
  return useCallback(
    ({ status = [], trade, professional, words, opened = false }: Which = {}) => {
      const query = new URLSearchParams(status.map((one) => ["status", one]));
      const whose = professional ?? professionalId;
      if (trade) query.set("trade", trade);
      if (whose !== null) query.set("professional", String(whose));
      if (words) query.set("words", words);
      if (opened) {
        query.set("from", asked.first);
        query.set("to", asked.last);
      }
      query.set("order", "-created");
      return `/b/${slug}/leads?${query}`;
    },
    [slug, professionalId, asked],
  );
}
