import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Schemas, told } from "@/api/client";
import { useBusiness } from "@/session/business";
import { ME } from "@/session/me";

export type Settings = Schemas["SettingsOut"];
export type Price = Schemas["PriceOut"];

export function useSettings() {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "settings"],
    queryFn: () => told(api.GET("/api/businesses/{slug}/settings", { params: { path: { slug } } })),
  });
}

export function useEditSettings() {
  const { slug } = useBusiness();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["SettingsEdit"]) =>
      told(api.PATCH("/api/businesses/{slug}/settings", { params: { path: { slug } }, body })),
    onSuccess: (settings) => {
      client.setQueryData([slug, "settings"], settings);
      void client.invalidateQueries({ queryKey: ME });
    },
    onError: () => client.invalidateQueries({ queryKey: [slug, "settings"] }),
  });
}

/** Something done in the business, after which a list of it is asked for anew. */
export function useAct<T, R>(list: string, act: (slug: string, value: T) => Promise<R>) {
  const { slug } = useBusiness();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (value: T) => act(slug, value),
    onSettled: () => client.invalidateQueries({ queryKey: [slug, list] }),
  });
}
