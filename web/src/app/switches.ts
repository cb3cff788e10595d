import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, keepToken, told } from "@/api/client";
import { setLanguage } from "@/i18n";
import { forgetKept } from "@/lib/kept";
import { remember } from "@/lib/store";
import type { Language } from "@/lib/time";
import { ME } from "./session";

/** What a person switches from anywhere: theme, language, being here at all. */
export function useSwitches() {
  const { i18n } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [dark, setDark] = useState(() => document.documentElement.classList.contains("dark"));

  const toggleTheme = () => {
    document.documentElement.classList.toggle("dark", !dark);
    remember("theme", dark ? "light" : "dark");
    setDark(!dark);
  };

  const switchLanguage = () => {
    const language: Language = i18n.language === "en" ? "he" : "en";
    void setLanguage(language);
    void told(api.PATCH("/api/me", { body: { language } }))
      .then((me) => client.setQueryData(ME, keepToken(me)))
      .catch(() => undefined);
  };

  const signOut = () => {
    forgetKept();
    remember("signedIn", "");
    void told(api.POST("/api/auth/sign-out"))
      .catch(() => undefined)
      .then(() => {
        client.clear();
        return navigate("/sign-in");
      });
  };

  return { dark, toggleTheme, switchLanguage, signOut };
}
