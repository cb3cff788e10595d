import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Schemas, told } from "@/api/client";
import type { Professional } from "@/domain/professionals";
import { useNow, useWhen } from "@/lib/clock";
import { addDays, wallOf } from "@/lib/time";
import { useBusiness } from "@/session/business";

export type Price = Schemas["PriceOut"];
type NewPrice = Schemas["NewPrice"];
type PriceEdit = Schemas["PriceEdit"];
export type ProfessionalEdit = Schemas["ProfessionalEdit"];
export type Report = Schemas["Report"];

export function useProfessional(id: number) {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "professionals", id],
    placeholderData: undefined,
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/professionals/{professional_id}", {
          params: { path: { slug, professional_id: id } },
        }),
      ),
  });
}

export function useEditProfessional(id: number) {
  const { slug } = useBusiness();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (edit: ProfessionalEdit) =>
      told(
        api.PATCH("/api/businesses/{slug}/professionals/{professional_id}", {
          params: { path: { slug, professional_id: id } },
          body: edit,
        }),
      ),
    onSuccess: (saved) => client.setQueryData<Professional>([slug, "professionals", id], saved),
    onSettled: () => void client.invalidateQueries({ queryKey: [slug, "professionals"] }),
  });
}

export function usePrices() {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "prices"],
    queryFn: () => told(api.GET("/api/businesses/{slug}/prices", { params: { path: { slug } } })),
  });
}

const PRICE = "/api/businesses/{slug}/prices/{price_id}";

/** Lines of the price list come, change and go; the list is asked for anew after each. */
export function usePriceChanges() {
  const { slug } = useBusiness();
  const client = useQueryClient();
  const onSettled = () => void client.invalidateQueries({ queryKey: [slug, "prices"] });
  const add = useMutation({
    mutationFn: (body: NewPrice) =>
      told(api.POST("/api/businesses/{slug}/prices", { params: { path: { slug } }, body })),
    onSettled,
  });
  const edit = useMutation({
    mutationFn: ({ id, ...body }: PriceEdit & { id: number }) =>
      told(api.PATCH(PRICE, { params: { path: { slug, price_id: id } }, body })),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: ({ id }: Price) => told(api.DELETE(PRICE, { params: { path: { slug, price_id: id } } })),
    onMutate: ({ id }) =>
      client.setQueryData<Price[]>([slug, "prices"], (lines) => lines?.filter((line) => line.id !== id)),
    onSettled,
  });
  return { add, edit, remove };
}

const ACTIVITY_DAYS = 90;
const AHEAD_DAYS = 7;

export function useToday(): string {
  const { zone } = useWhen();
  return wallOf(useNow(), zone).date;
}

function useReport(key: string, first: string, last: string, professionalId?: number) {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "reports", key, first, last, professionalId ?? null],
    placeholderData: undefined,
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/reports", {
          params: { path: { slug }, query: { from: first, to: last, professional_id: professionalId } },
        }),
      ),
  });
}

/** The last ninety days of one professional, in figures. */
export function useActivity(professionalId: number) {
  const today = useToday();
  return useReport("professional", addDays(today, 1 - ACTIVITY_DAYS), today, professionalId);
}

/** How many visits each has in the week that begins today. */
export function useVisitsAhead(): Map<number, number> | undefined {
  const today = useToday();
  const { data } = useReport("ahead", today, addDays(today, AHEAD_DAYS - 1));
  return data && new Map(data.load.map((one) => [one.professional_id, one.visits]));
}
