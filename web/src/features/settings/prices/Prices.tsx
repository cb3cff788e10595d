import { useQuery } from "@tanstack/react-query";
import { Plus, Tags } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { PriceLine } from "@/domain/PriceLine";
import { useTradeName } from "@/domain/trades";
import { useBusiness } from "@/session/business";
import { Button } from "@/ui/Button";
import { Card, Empty, Failed, Skeletons } from "@/ui/Page";
import { useSayRefusal } from "@/ui/Refused";
import { sayUndoable } from "@/ui/toast";
import { type Price, useAct } from "../api";
import { Intro } from "../parts";
import { PriceForm } from "./PriceForm";

/** The business's own price list; prices of one professional alone stand with that professional. */
export function Prices() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const tradeName = useTradeName();
  const [open, setOpen] = useState<number | "new" | null>(null);
  const prices = useQuery({
    queryKey: [slug, "prices"],
    queryFn: () => told(api.GET("/api/businesses/{slug}/prices", { params: { path: { slug } } })),
  });
  if (prices.isPending) return <Skeletons rows={6} />;
  if (!prices.data) return <Failed error={prices.error} retry={() => void prices.refetch()} />;
  const own = prices.data.filter((price) => price.professional_id === null);
  const trades = [...new Set(own.map(({ trade }) => trade))];
  const opened = own.find(({ id }) => id === open);
  const add = (
    <Button look="primary" size={own.length ? "sm" : "md"} onClick={() => setOpen("new")}>
      <Plus className="size-4" />
      {t("settings.prices.add")}
    </Button>
  );
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <Intro>{t("settings.prices.intro")}</Intro>
        {own.length ? add : null}
      </div>
      {own.length ? null : (
        <Empty icon={<Tags className="size-8" />} title={t("settings.prices.none")} action={add}>
          {t("settings.prices.noneWords")}
        </Empty>
      )}
      {trades.map((trade) => (
        <Card key={trade} title={tradeName(trade)}>
          <ul className="-my-1 divide-y divide-line">
            {own
              .filter((price) => price.trade === trade)
              .map((price) => (
                <Line key={price.id} price={price} onEdit={() => setOpen(price.id)} />
              ))}
          </ul>
        </Card>
      ))}
      {open === "new" || opened ? (
        <PriceForm key={open} price={opened ?? null} onClose={() => setOpen(null)} />
      ) : null}
    </div>
  );
}

function Line({ price, onEdit }: { price: Price; onEdit: () => void }) {
  const { t } = useTranslation();
  const sayRefusal = useSayRefusal();
  const bring = useAct<Price, unknown>("prices", (slug, { trade, issue, label, from_agorot, to_agorot }) =>
    told(
      api.POST("/api/businesses/{slug}/prices", {
        params: { path: { slug } },
        body: { trade, issue, label, from_agorot, to_agorot },
      }),
    ),
  );
  const remove = useAct<Price, unknown>("prices", (slug, { id }) =>
    told(
      api.DELETE("/api/businesses/{slug}/prices/{price_id}", { params: { path: { slug, price_id: id } } }),
    ),
  );
  return (
    <li>
      <PriceLine
        line={price}
        busy={remove.isPending}
        onEdit={onEdit}
        onDelete={() =>
          remove.mutate(price, {
            onError: sayRefusal,
            onSuccess: () =>
              sayUndoable(t("settings.prices.removed"), t("common.undo"), () =>
                bring.mutate(price, { onError: sayRefusal }),
              ),
          })
        }
      />
    </li>
  );
}
