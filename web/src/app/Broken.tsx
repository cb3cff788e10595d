import { WifiOff } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router";
import { Button } from "@/ui/Button";
import { Empty } from "@/ui/Page";
import { Splash } from "./Splash";

const ASK_AGAIN_MS = 4000;
const answers = () =>
  fetch("/icon.svg", { cache: "no-store" }).then(
    (answer) => answer.ok,
    () => false,
  );

/** Whether the server can be reached; null until that is known. Once it can again, the page is loaded anew. */
function useReachable(asked: boolean): boolean | null {
  const [reachable, setReachable] = useState<boolean | null>(null);
  useEffect(() => {
    if (!asked) return;
    let closed = false;
    let lost = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      clearTimeout(timer);
      const found = await answers();
      if (closed) return;
      if (found && lost) location.reload();
      lost ||= !found;
      setReachable(found);
      if (!found) timer = setTimeout(look, ASK_AGAIN_MS);
    };
    void look();
    window.addEventListener("online", look);
    return () => {
      closed = true;
      clearTimeout(timer);
      window.removeEventListener("online", look);
    };
  }, [asked]);
  return reachable;
}

/** A page that fell over: nothing that was saved is lost. One that could not be loaded comes with the connection. */
export function Broken() {
  const { t } = useTranslation();
  const error = useRouteError();
  const unloaded = error instanceof TypeError && /import|module/i.test(error.message);
  const reachable = useReachable(unloaded);
  if (unloaded && reachable === null) return <Splash />;
  if (unloaded && !reachable) {
    return (
      <div role="status" className="grid min-h-[60dvh] place-items-center">
        <Empty icon={<WifiOff className="size-8" />} title={t("broken.offline")}>
          {t("broken.offlineWords")}
        </Empty>
      </div>
    );
  }
  return (
    <div className="grid min-h-[60dvh] place-items-center">
      <Empty
        title={unloaded ? t("broken.newVersion") : t("broken.title")}
        action={
          <Button look="primary" onClick={() => location.reload()}>
            {t("broken.reload")}
          </Button>
        }
      >
        {unloaded ? null : t("broken.words")}
      </Empty>
    </div>
  );
}
