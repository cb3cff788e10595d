import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { api, told } from "@/api/client";
import { useLanguage } from "@/i18n/language";
import { usePlaybook } from "@/session/business";

const useTrades = () =>
  useQuery({
    queryKey: ["trades"],
    queryFn: () => told(api.GET("/api/trades")),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The trades that the business may have, and those that are chosen already; undefined until they are known. */
export function useTradeChoices(chosen: readonly string[] = []): { key: string; name: string }[] | undefined {
  const language = useLanguage();
  const { trades } = usePlaybook();
  const { data } = useTrades();
  return data
    ?.filter(({ key }) => trades.includes(key) || chosen.includes(key))
    .map((trade) => ({ key: trade.key, name: trade[language] }));
}

/** The name of a trade in the language of the page. */
export function useTradeName(): (key: string | null | undefined) => string {
  const language = useLanguage();
  const { data } = useTrades();
  return useCallback(
    (key) => data?.find((trade) => trade.key === key)?.[language] ?? key ?? "",
    [data, language],
  );
}

/** The name of an issue, of whichever trade it is. */
export function useIssueName(): (key: string) => string {
  const language = useLanguage();
  const { data } = useTrades();
  return useCallback(
    (key) => data?.flatMap(({ issues }) => issues).find((issue) => issue.key === key)?.[language] ?? key,
    [data, language],
  );
}
