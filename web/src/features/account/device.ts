import { useTranslation } from "react-i18next";

const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Macintosh|Mac OS X/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
];
const BROWSERS: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/OPR\//, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
];

const first = (names: [RegExp, string][], agent: string) => names.find(([mark]) => mark.test(agent))?.[1];

/** "Chrome, Windows" of what a browser calls itself; its first words where nothing of it is known. */
export function deviceOf(agent: string): string {
  const known = [first(BROWSERS, agent), first(SYSTEMS, agent)].filter(Boolean);
  return known.length ? known.join(", ") : agent.slice(0, 40);
}

export function useDeviceName(): (agent: string) => string {
  const { t } = useTranslation();
  return (agent) => deviceOf(agent) || t("account.unknownDevice");
}
