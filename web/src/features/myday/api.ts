import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, type Schemas, told } from "@/api/client";
import { useClock } from "@/lib/clock";
import { useBusiness } from "@/session/business";

export type Offer = Schemas["OwnOffer"];
export type Visit = Schemas["OwnVisit"];

const FRESH_MS = 20_000;

/** Professionals hear of no changes as they happen, so the page asks. */
export function useMyDay() {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "my-day"],
    refetchInterval: FRESH_MS,
    queryFn: () => told(api.GET("/api/businesses/{slug}/my-day", { params: { path: { slug } } })),
  });
}

/** Something done on the page; what it shows is asked for anew whatever came of it. */
function useAct<T, Result>(act: (slug: string, value: T) => Promise<Result>) {
  const { slug } = useBusiness();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (value: T) => act(slug, value),
    onSettled: () => client.invalidateQueries({ queryKey: [slug, "my-day"] }),
  });
}

export const useAnswer = () =>
  useAct((slug, { id, accept }: { id: number; accept: boolean }) =>
    told(
      api.POST("/api/businesses/{slug}/my-day/offers/{offer_id}/answer", {
        params: { path: { slug, offer_id: id } },
        body: { accept },
      }),
    ),
  );

export const useSetOut = () =>
  useAct((slug, id: number) =>
    told(
      api.POST("/api/businesses/{slug}/my-day/bookings/{booking_id}/on-the-way", {
        params: { path: { slug, booking_id: id } },
      }),
    ),
  );

export const useFinish = () =>
  useAct((slug, id: number) =>
    told(
      api.POST("/api/businesses/{slug}/my-day/bookings/{booking_id}/done", {
        params: { path: { slug, booking_id: id } },
      }),
    ),
  );

export const useReopen = () =>
  useAct((slug, id: number) =>
    told(
      api.POST("/api/businesses/{slug}/my-day/bookings/{booking_id}/reopen", {
        params: { path: { slug, booking_id: id } },
      }),
    ),
  );

export const useTakeDayOff = () =>
  useAct((slug, date: string) =>
    told(api.POST("/api/businesses/{slug}/my-day/days-off", { params: { path: { slug } }, body: { date } })),
  );

export const useGiveUpDayOff = () =>
  useAct((slug, day: string) =>
    told(api.DELETE("/api/businesses/{slug}/my-day/days-off/{day}", { params: { path: { slug, day } } })),
  );

const SECOND_MS = 1000;

/** How many seconds are left until a moment, counted down. */
export function useSecondsLeft(until: string): number {
  const { aheadMs } = useClock();
  const left = () => Math.max(0, Math.ceil((Date.parse(until) - Date.now() - aheadMs) / SECOND_MS));
  const [seconds, setSeconds] = useState(left);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `left` is of these two
  useEffect(() => {
    setSeconds(left());
    const timer = setInterval(() => setSeconds(left()), SECOND_MS);
    return () => clearInterval(timer);
  }, [until, aheadMs]);
  return seconds;
}
