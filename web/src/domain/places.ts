import { useQuery } from "@tanstack/react-query";
import { api, told } from "@/api/client";
import { useSettled } from "@/lib/settled";

/** Towns that the words may mean. */
export function usePlaces(words: string) {
  const asked = useSettled(words.trim());
  return useQuery({
    queryKey: ["places", asked],
    enabled: asked.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => told(api.GET("/api/places", { params: { query: { words: asked } } })),
  });
}
