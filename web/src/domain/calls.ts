import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";
import { sayPhone } from "@/lib/phone";
import { useBusiness } from "@/session/business";

export type Call = Schemas["CallOut"];

/** Whether there is anything of calls in this business, and how many there are at this moment. */
export function useCallsNow() {
  const { slug, role } = useBusiness();
  const { data } = useQuery({
    queryKey: [slug, "calls", "now"],
    enabled: role !== "professional",
    queryFn: () => told(api.GET("/api/businesses/{slug}/calls/now", { params: { path: { slug } } })),
  });
  return data;
}

/** Who is on the other side: their name, else their number, unless it is withheld. */
export function useCallerWords(): (call: Call) => string {
  const { t } = useTranslation();
  return ({ name, phone }) => name || (phone ? sayPhone(phone) : t("words.call.withheld"));
}

/** How long was talked; null where nobody did. */
export function talkedFor(call: Call): number | null {
  if (!call.connected_at || !call.ended_at) return null;
  return call.duration_s ?? (Date.parse(call.ended_at) - Date.parse(call.connected_at)) / 1000;
}
