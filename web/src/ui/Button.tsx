import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

const LOOKS = {
  primary: "bg-accent text-accent-ink hover:opacity-90",
  secondary: "border border-line bg-surface text-ink hover:bg-sunken",
  quiet: "text-ink-soft hover:bg-grey-soft hover:text-ink",
  danger: "border border-line bg-surface text-red hover:bg-red-soft",
};
const SIZES = {
  md: "h-9 px-3 text-base",
  sm: "h-8 px-2.5 text-sm",
  icon: "size-9 shrink-0",
  iconSm: "size-8 shrink-0",
};

interface Props extends ComponentProps<"button"> {
  look?: keyof typeof LOOKS;
  size?: keyof typeof SIZES;
  /** Its one child becomes the button: a link that looks like one. */
  asChild?: boolean;
  busy?: boolean;
}

export function Button({
  look = "secondary",
  size = "md",
  asChild,
  busy,
  className,
  disabled,
  ...rest
}: Props) {
  const Part = asChild ? Slot.Root : "button";
  return (
    <Part
      {...(asChild ? {} : { type: "button", disabled: disabled || busy })}
      aria-busy={busy || undefined}
      className={cn(
        "inline-flex items-center justify-center gap-2 rounded-control font-medium whitespace-nowrap transition-colors duration-150",
        "disabled:cursor-not-allowed disabled:opacity-55",
        LOOKS[look],
        SIZES[size],
        className,
      )}
      {...rest}
    />
  );
}

/** A small quiet button that is only a picture: its words are its `aria-label`. */
export const IconButton = (props: Props & { "aria-label": string }) => (
  <Button look="quiet" size="iconSm" {...props} />
);
