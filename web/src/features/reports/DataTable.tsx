import type { ReactNode } from "react";

interface Props {
  caption: string;
  heads: string[];
  /** The first cell names the row. */
  rows: { key: string | number; cells: ReactNode[] }[];
}

/** Figures as rows; what does not fit scrolls. */
export function DataTable({ caption, heads, rows }: Props) {
  return (
    <section
      tabIndex={0}
      aria-label={caption}
      className="thin-scroll relative -mx-4 max-h-64 overflow-auto px-4"
    >
      <table className="w-full text-sm tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-ink-soft">
            {heads.map((head, index) => (
              <th
                key={head}
                scope="col"
                className={`py-1.5 font-medium ${index ? "ps-3 text-end" : "text-start"}`}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [name, ...rest] }) => (
            <tr key={key} className="border-b border-line last:border-0">
              <th scope="row" className="py-1.5 text-start font-medium">
                {name}
              </th>
              {rest.map((cell, index) => (
                <td key={heads[index + 1]} className="py-1.5 ps-3 text-end">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
