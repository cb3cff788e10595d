import {
  Bot,
  CalendarDays,
  ChartNoAxesColumn,
  House,
  Inbox,
  Phone,
  Server,
  Settings,
  Smartphone,
  UserRound,
  Users,
} from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCallsNow } from "@/domain/calls";
import { useBusiness, useMay } from "@/session/business";
import { useMe } from "@/session/me";

interface Item {
  to: string;
  label: string;
  icon: ReactNode;
}

export const ICON = "size-5 shrink-0";

/** The pages of the business that this user may open; that of calls where it has a number to call or has had any. */
export function useItems(): Item[] {
  const { t } = useTranslation();
  const { slug, role } = useBusiness();
  const me = useMe();
  const manager = useMay("manager");
  const calls = useCallsNow();
  const at = (name: string) => `/b/${slug}/${name}`;
  if (role === "professional") {
    return [{ to: at("my-day"), label: t("nav.myDay"), icon: <House className={ICON} /> }];
  }
  const items = [
    { to: at("today"), label: t("nav.today"), icon: <House className={ICON} /> },
    { to: at("inbox"), label: t("nav.inbox"), icon: <Inbox className={ICON} /> },
    { to: at("leads"), label: t("nav.leads"), icon: <Users className={ICON} /> },
    { to: at("calendar"), label: t("nav.calendar"), icon: <CalendarDays className={ICON} /> },
    ...(calls?.any ? [{ to: at("calls"), label: t("nav.calls"), icon: <Phone className={ICON} /> }] : []),
    { to: at("professionals"), label: t("nav.professionals"), icon: <UserRound className={ICON} /> },
    { to: at("reports"), label: t("nav.reports"), icon: <ChartNoAxesColumn className={ICON} /> },
    { to: at("simulator"), label: t("nav.simulator"), icon: <Smartphone className={ICON} /> },
  ];
  if (manager) {
    items.push({ to: at("agent"), label: t("nav.agent"), icon: <Bot className={ICON} /> });
    items.push({ to: at("settings"), label: t("nav.settings"), icon: <Settings className={ICON} /> });
  }
  if (me.operator)
    items.push({ to: "/operator", label: t("nav.operator"), icon: <Server className={ICON} /> });
  return items;
}
