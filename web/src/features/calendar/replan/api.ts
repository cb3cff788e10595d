import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Schemas, told } from "@/api/client";
import { useBusiness } from "@/session/business";

export type Affected = Schemas["AffectedOut"];
export type Choice = Schemas["Instead"];
export type Asked = Schemas["AskedOut"];

/** The visits of a professional's day, with who else could come and what their customers were asked. */
export function useReplanning(professionalId: number, date: string) {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "replanning", professionalId, date],
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/replanning", {
          params: { path: { slug }, query: { professional_id: professionalId, date } },
        }),
      ),
  });
}

export interface Question {
  visit: Affected;
  choice: Choice;
}

/** Each customer is asked whether the other hour suits them; all of them, or none when one cannot be. */
export function useAsk() {
  const { slug } = useBusiness();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (questions: Question[]) =>
      told(
        api.POST("/api/businesses/{slug}/replanning/asks", {
          params: { path: { slug } },
          body: {
            asks: questions.map(({ visit, choice }) => ({
              booking_id: visit.booking_id,
              professional_id: choice.professional_id,
              starts_at: choice.starts_at,
            })),
          },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: [slug, "replanning"] }),
  });
}
