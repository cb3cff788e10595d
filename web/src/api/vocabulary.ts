import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "./client";

export type TradeWord = Schemas["TradeWord"];

export const useTrades = () =>
  useQuery({
    queryKey: ["trades"],
    queryFn: () => told(api.GET("/api/trades")),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The name of a trade in the language of the page. */
export function useTradeName(): (key: string | null | undefined) => string {
  const { i18n } = useTranslation();
  const { data } = useTrades();
  const language = i18n.language === "en" ? "en" : "he";
  return useCallback(
    (key) => data?.find((trade) => trade.key === key)?.[language] ?? key ?? "",
    [data, language],
  );
}

/** The name of an issue, of whichever trade it is. */
export function useIssueName(): (key: string) => string {
  const { i18n } = useTranslation();
  const { data } = useTrades();
  const language = i18n.language === "en" ? "en" : "he";
  return useCallback(
    (key) => data?.flatMap(({ issues }) => issues).find((issue) => issue.key === key)?.[language] ?? key,
    [data, language],
  );
}

export type NeedWord = Schemas["NeedWord"];

/** What requests of one kind of business may tell beyond the common fields. */
export const useNeeds = (playbook: string) =>
  useQuery({
    queryKey: ["needs", playbook],
    queryFn: () => told(api.GET("/api/playbooks/{name}/needs", { params: { path: { name: playbook } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

const PAUSE_MS = 150;

/** The value once it has stopped changing for a moment. */
export function useSettled<T>(value: T, pauseMs = PAUSE_MS): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}

export function usePlaces(words: string) {
  const asked = useSettled(words.trim());
  return useQuery({
    queryKey: ["places", asked],
    enabled: asked.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => told(api.GET("/api/places", { params: { query: { words: asked } } })),
  });
}
