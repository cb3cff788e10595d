import { type ReactNode, useEffect, useRef } from "react";

/** The title of a part that has just opened in place of the button that opened it; readers go on from here. */
export function Opened({ children }: { children: ReactNode }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <h2 ref={title} tabIndex={-1} className="scroll-mt-4 text-lg font-bold outline-none">
      {children}
    </h2>
  );
}
