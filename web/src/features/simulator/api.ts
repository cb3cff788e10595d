import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, type Schemas, told } from "@/api/client";
import { useClock } from "@/lib/clock";
import { useBusiness } from "@/session/business";

export type Message = Schemas["MessageOut"];
export type Lead = Schemas["LeadWithTimeline"];
export type Dispatch = Schemas["DispatchOut"];

export interface Line {
  text: string;
  buttonId?: string;
  key: string;
}

const LOOK_MS = 1500;
/** Events tell of most changes at once; a look now and then finds what no row tells, such as a reply being made. */

export function usePhone(phone: string | null) {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "phone", phone],
    enabled: phone !== null,
    placeholderData: undefined,
    refetchInterval: LOOK_MS,
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/simulator/phones/{phone}", {
          params: { path: { slug, phone: phone ?? "" } },
        }),
      ),
  });
}

/** With `draft`, the agent goes by the draft of its guidance. */
export function useWrite(phone: string | null, name: string, draft: boolean) {
  const { slug } = useBusiness();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ text, buttonId, key }: Line) =>
      told(
        api.POST("/api/businesses/{slug}/simulator/phones/{phone}", {
          params: { path: { slug, phone: phone ?? "" } },
          body: { name, text, button_id: buttonId, key, draft },
        }),
      ),
    onSettled: () => void client.invalidateQueries({ queryKey: [slug, "phone", phone] }),
  });
}

export function useSimulatedLead(leadId: number | null | undefined) {
  const { slug } = useBusiness();
  const params = { path: { slug, lead_id: leadId ?? 0 } };
  const enabled = typeof leadId === "number";
  const lead = useQuery({
    queryKey: [slug, "lead", leadId],
    enabled,
    placeholderData: undefined,
    queryFn: () => told(api.GET("/api/businesses/{slug}/leads/{lead_id}", { params })),
  });
  const dispatch = useQuery({
    queryKey: [slug, "lead", leadId, "dispatch"],
    enabled,
    placeholderData: undefined,
    queryFn: () => told(api.GET("/api/businesses/{slug}/leads/{lead_id}/dispatch", { params })),
  });
  return { lead: lead.data, dispatch: dispatch.data };
}

/** The business's time, and the way to put it forward in a demonstration. */
export function useTravel() {
  const { slug } = useBusiness();
  const client = useQueryClient();
  const { setAheadMs } = useClock();
  const clock = useQuery({
    queryKey: [slug, "clock"],
    queryFn: () => told(api.GET("/api/businesses/{slug}/simulator/clock", { params: { path: { slug } } })),
  });
  const travel = useMutation({
    mutationFn: (minutes: number) =>
      told(
        api.POST("/api/businesses/{slug}/simulator/clock", { params: { path: { slug } }, body: { minutes } }),
      ),
    onSuccess: (told) => {
      client.setQueryData([slug, "clock"], told);
      void client.invalidateQueries({ queryKey: [slug] });
    },
  });
  const now = clock.data?.now;
  useEffect(() => {
    if (now && clock.data?.travels) setAheadMs(Date.parse(now) - Date.now());
  }, [now, clock.data?.travels, setAheadMs]);
  return { travels: clock.data?.travels ?? false, travel };
}
