import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Schemas, told } from "@/api/client";
import { useBusiness } from "@/session/business";

export type Booking = Schemas["BookingOut"];
export type Calendar = Schemas["CalendarOut"];

export function useCalendar(start: string, end: string, professionalId: number | null) {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "calendar", start, end, professionalId],
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/calendar", {
          params: { path: { slug }, query: { start, end, professional_id: professionalId } },
        }),
      ),
  });
}

interface Moving {
  booking: Booking;
  professionalId: number;
  startsAt: string;
  endsAt: string;
  /** Also to somebody who has enough open jobs. */
  overLimit?: boolean;
}

/** The visit moves at once; when the server refuses, it moves back. */
export function useMove() {
  const { slug } = useBusiness();
  const client = useQueryClient();
  const key = [slug, "calendar"];
  return useMutation({
    mutationFn: ({ booking, professionalId, startsAt, endsAt, overLimit = false }: Moving) =>
      told(
        api.PATCH("/api/businesses/{slug}/bookings/{booking_id}", {
          params: { path: { slug, booking_id: booking.id } },
          body: {
            professional_id: professionalId,
            starts_at: startsAt,
            ends_at: endsAt,
            over_limit: overLimit,
          },
        }),
      ),
    onMutate: async ({ booking, professionalId, startsAt, endsAt }) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueriesData<Calendar>({ queryKey: key });
      client.setQueriesData<Calendar>(
        { queryKey: key },
        (data) =>
          data && {
            ...data,
            bookings: data.bookings.map((one) =>
              one.id === booking.id
                ? { ...one, professional_id: professionalId, starts_at: startsAt, ends_at: endsAt }
                : one,
            ),
          },
      );
      return { before };
    },
    onError: (_error, _moving, context) => {
      for (const [name, data] of context?.before ?? []) client.setQueryData(name, data);
    },
    // What the server says of the moved visit is shown at once: it may be dragged again before the day is asked for.
    onSuccess: (moved, { booking }) =>
      client.setQueriesData<Calendar>(
        { queryKey: key },
        (data) =>
          data && { ...data, bookings: data.bookings.map((one) => (one.id === booking.id ? moved : one)) },
      ),
    onSettled: () => void client.invalidateQueries({ queryKey: key }),
  });
}

interface NewVisit {
  leadId: number;
  professionalId: number;
  startsAt: string;
  endsAt: string;
  overLimit: boolean;
}

export function useBook() {
  const { slug } = useBusiness();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ leadId, professionalId, startsAt, endsAt, overLimit }: NewVisit) =>
      told(
        api.POST("/api/businesses/{slug}/bookings", {
          params: { path: { slug } },
          body: {
            lead_id: leadId,
            professional_id: professionalId,
            starts_at: startsAt,
            ends_at: endsAt,
            over_limit: overLimit,
          },
        }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [slug, "calendar"] });
      void client.invalidateQueries({ queryKey: [slug, "leads"] });
    },
  });
}

export type Ending = "done" | "no-show" | "cancel";

export function useEnd() {
  const { slug } = useBusiness();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ bookingId, how }: { bookingId: number; how: Ending }) => {
      const params = { path: { slug, booking_id: bookingId } };
      if (how === "done")
        return told(api.POST("/api/businesses/{slug}/bookings/{booking_id}/done", { params }));
      if (how === "no-show")
        return told(api.POST("/api/businesses/{slug}/bookings/{booking_id}/no-show", { params }));
      return told(
        api.POST("/api/businesses/{slug}/bookings/{booking_id}/cancel", { params, body: { reason: "" } }),
      );
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: [slug, "calendar"] });
      void client.invalidateQueries({ queryKey: [slug, "leads"] });
    },
  });
}

/** A visit that was just ended is on again; nobody has been told yet. */
export function useRestore() {
  const { slug } = useBusiness();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (bookingId: number) =>
      told(
        api.POST("/api/businesses/{slug}/bookings/{booking_id}/restore", {
          params: { path: { slug, booking_id: bookingId } },
        }),
      ),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: [slug, "calendar"] });
      void client.invalidateQueries({ queryKey: [slug, "leads"] });
    },
  });
}

/** Requests without a visit, to be given one. */
export function useWaitingLeads(words: string) {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "leads", "waiting", words],
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/leads", {
          params: {
            path: { slug },
            query: {
              status: ["new", "contacted"],
              words: words.trim() || undefined,
              order: "-changed",
              limit: 20,
            },
          },
        }),
      ),
  });
}
