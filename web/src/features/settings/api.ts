import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, Refusal, type Schemas, told } from "@/api/client";
import { ME, useBusiness } from "@/app/session";
import { useRefusalWords } from "@/i18n/refusals";
import { sayFailed } from "@/ui/toast";

export type Settings = Schemas["SettingsOut"];
export type SettingsEdit = Omit<Schemas["SettingsEdit"], "version">;

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

/**
 * What was touched, over what is stored; values are compared as they are. The version that is sent is the newest one at
 * which what was touched still stood as it did before the first touch: a change of other fields is no conflict, and one
 * of the same fields is noticed and not written over.
 */
export function useTouched<T extends object>(stored: T, version: number) {
  const [touched, setTouched] = useState<Partial<T>>({});
  const [before, setBefore] = useState<Partial<T>>({});
  const [since, setSince] = useState(version);
  const names = Object.keys(touched) as (keyof T)[];
  const overtaken = names.filter((name) => stored[name] !== before[name]);
  if (!overtaken.length && since !== version) setSince(version);

  const change = <K extends keyof T>(name: K, value: T[K]) => {
    if (!(name in touched)) setBefore((now) => ({ ...now, [name]: stored[name] }));
    setTouched((now) => {
      const next = { ...now, [name]: value };
      if (value === stored[name]) delete next[name];
      return next;
    });
  };
  return {
    values: { ...stored, ...touched },
    touched,
    dirty: names.length > 0,
    change,
    clear: () => setTouched({}),
    /** Whether somebody else has changed this field since it was touched. */
    isOvertaken: (name: keyof T) => overtaken.includes(name),
    /** The version to send; once a conflict has been shown, what was typed may go over the newer one. */
    versionFor: (error: unknown) => (isConflict(error) ? version : since),
  };
}

export const refusalOf = (error: unknown) => (error instanceof Refusal ? error : null);
export const isConflict = (error: unknown) =>
  error instanceof Refusal && (error.code === "settings_changed" || error.code === "price_changed");

/** What was refused is said in a toast. */
export function useSayRefusal(): (error: unknown) => void {
  const words = useRefusalWords();
  const { t } = useTranslation();
  return (error) => sayFailed(error instanceof Refusal ? words(error) : t("common.failed"));
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
