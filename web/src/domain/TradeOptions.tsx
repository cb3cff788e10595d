import { useTradeChoices } from "./trades";

/** Of a select: the trades that the business may have, and the one that is chosen. */
export function TradeOptions({ chosen }: { chosen?: string | null }) {
  return useTradeChoices(chosen ? [chosen] : [])?.map(({ key, name }) => (
    <option key={key} value={key}>
      {name}
    </option>
  ));
}
