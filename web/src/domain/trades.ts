import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";

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
